import { Construct } from 'constructs';
import type { Audience } from './audience';
import type { IGateway } from '../gateway';
import { HttpAction } from '../http-action';
import { checkAudiences, refuseCovered } from './private/audiences';
import { forwardOptions, RELEASE_PROPS } from './private/forward-options';
import { takeGateways } from './private/release-gateways';
import type { ReleaseRoute } from './private/release-routes';
import type { ReleaseProps } from './release';
import { Release } from './release';
import { describe } from '../private/describe';
import { checkEnum, checkGiven, checkStruct } from '../private/validation';
import { checkVirtualHost } from '../private/virtual-hosts';
import type { Subset } from '../subset';
import type { TrafficPolicy } from '../traffic-policy';
import type { VirtualService } from '../virtual-service';

/** The two versions of a BlueGreen. */
export enum BlueGreenColor {
  /** The pods with the labels of `blue`. */
  BLUE = 'blue',

  /** The pods with the labels of `green`. */
  GREEN = 'green',
}

/** What a BlueGreen is made from. */
export interface BlueGreenProps extends ReleaseProps {
  /** The labels of the pods with the blue version. */
  readonly blue: { readonly [key: string]: string };

  /** The labels of the pods with the green version. */
  readonly green: { readonly [key: string]: string };

  /** The version that everybody gets. The other one is idle: only previews reach it. */
  readonly live: BlueGreenColor;

  /**
   * The requests that get the idle version.
   *
   * @default - none.
   */
  readonly previewFor?: Audience[];

  /**
   * A host at gateways at which everybody gets the idle version. Takes `previewGateways` or `gateways`.
   *
   * @default - none.
   */
  readonly previewHost?: string;

  /**
   * The gateways at which `previewHost` is served.
   *
   * @default - those of `gateways`.
   */
  readonly previewGateways?: IGateway[];

  /**
   * How the blue version is spoken to, where that differs from `trafficPolicy`.
   *
   * @default - as `trafficPolicy` says.
   */
  readonly blueTrafficPolicy?: TrafficPolicy;

  /**
   * How the green version is spoken to, where that differs from `trafficPolicy`.
   *
   * @default - as `trafficPolicy` says.
   */
  readonly greenTrafficPolicy?: TrafficPolicy;
}

const KNOWN: (keyof BlueGreenProps)[] = [
  ...RELEASE_PROPS, 'blue', 'green', 'live', 'previewFor', 'previewHost', 'previewGateways', 'blueTrafficPolicy', 'greenTrafficPolicy',
];

/**
 * Two versions of a service, of which one is live. Both stay defined as subsets, so that a switch, and the way back, change one word.
 *
 * @example
 * new BlueGreen(chart, 'Orders', {
 *   service: ServiceHost.fromName('orders', { port: 8080 }),
 *   blue: { slot: 'blue' },
 *   green: { slot: 'green' },
 *   live: BlueGreenColor.BLUE,
 *   previewFor: [Audience.header('x-preview', HeaderMatch.present())],
 * });
 *
 * @see https://istio.io/latest/docs/concepts/traffic-management/#destination-rules
 */
export class BlueGreen extends Release {
  /** The blue version. */
  public readonly blue: Subset;

  /** The green version. */
  public readonly green: Subset;

  /** The version that everybody gets. */
  public readonly live: Subset;

  /** The version that only previews reach. */
  public readonly idle: Subset;

  /** The virtual service for `previewHost`, if there is one. */
  public readonly previewVirtualService?: VirtualService;

  constructor(scope: Construct, id: string, props: BlueGreenProps) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, KNOWN);
    const live = checkEnum(this._at('live'), checkGiven(this._at('live'), props.live), BlueGreenColor);
    this.blue = this._addVersion({ name: 'blue', place: 'blue', labels: props.blue }, props.blueTrafficPolicy);
    this.green = this._addVersion({ name: 'green', place: 'green', labels: props.green }, props.greenTrafficPolicy);
    [this.live, this.idle] = live === BlueGreenColor.BLUE ? [this.blue, this.green] : [this.green, this.blue];

    const audiences = checkAudiences(this._at(''), 'previewFor', props.previewFor);
    refuseCovered(this._at(''), audiences);
    const action = this._action(() => HttpAction.forward(this.live, forwardOptions(props)));
    const preview = { name: 'preview', action: HttpAction.forward(this.idle, forwardOptions(props)) };
    this._publish([...audiences.length === 0 ? [] : [{ ...preview, audiences }], { name: 'live', action }]);

    const gateways = takeGateways(this._at('previewGateways'), props.previewGateways) ?? props.gateways;
    if (props.previewHost === undefined && props.previewGateways !== undefined) {
      throw new Error(this._at('previewGateways must have previewHost beside it'));
    }
    if (props.previewHost !== undefined) {
      this.previewVirtualService = this.publishPreview(props.previewHost, gateways, props.hosts ?? [], preview);
    }
  }

  private publishPreview(host: string, gateways: IGateway[] | undefined, liveHosts: string[], route: ReleaseRoute): VirtualService {
    checkVirtualHost(this._at('previewHost'), host);
    if (gateways === undefined) {
      throw new Error(this._at('previewHost must have previewGateways or gateways beside it'));
    }
    if (liveHosts.includes(host)) {
      throw new Error(`${this._at('previewHost')} must not be one of hosts, where the live version is, got ${describe(host)}`);
    }
    return this._publishAtGateways('PreviewRoutes', 'preview', [route], [...gateways], [host]);
  }
}
