import { Construct } from 'constructs';
import { forwardOptions, RELEASE_PROPS, withMirror } from './private/forward-options';
import type { ReleaseProps } from './release';
import { Release } from './release';
import { HttpAction } from '../http-action';
import { checkFaultPercent } from '../private/percentages';
import { checkStruct } from '../private/validation';
import type { Subset } from '../subset';
import type { TrafficPolicy } from '../traffic-policy';

/** What a TrafficMirror is made from. */
export interface TrafficMirrorProps extends ReleaseProps {
  /** The labels of the pods that answer. */
  readonly primary: { readonly [key: string]: string };

  /** The labels of the pods that get copies. */
  readonly shadow: { readonly [key: string]: string };

  /**
   * The share of the requests that are copied: 0, or from 0.0001 to 100.
   *
   * @default 100
   */
  readonly percent?: number;

  /**
   * How the primary is spoken to, where that differs from `trafficPolicy`.
   *
   * @default - as `trafficPolicy` says.
   */
  readonly primaryTrafficPolicy?: TrafficPolicy;

  /**
   * How the shadow is spoken to, where that differs from `trafficPolicy`.
   *
   * @default - as `trafficPolicy` says.
   */
  readonly shadowTrafficPolicy?: TrafficPolicy;
}

/**
 * A version of a service that gets copies of the requests, while another one answers. What the shadow answers, and whether it answers at all, is never
 * seen by users; what it writes to databases or sends to others is real.
 *
 * @example
 * new TrafficMirror(chart, 'Search', {
 *   service: ServiceHost.fromName('search', { port: 8080 }),
 *   primary: { version: 'v1' },
 *   shadow: { version: 'v2' },
 *   percent: 10,
 * });
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/mirroring/
 */
export class TrafficMirror extends Release {
  /** The version that answers. */
  public readonly primary: Subset;

  /** The version that gets copies. */
  public readonly shadow: Subset;

  constructor(scope: Construct, id: string, props: TrafficMirrorProps) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, [...RELEASE_PROPS, 'primary', 'shadow', 'percent', 'primaryTrafficPolicy', 'shadowTrafficPolicy']);
    this.primary = this._addVersion({ name: 'primary', place: 'primary', labels: props.primary }, props.primaryTrafficPolicy);
    this.shadow = this._addVersion({ name: 'shadow', place: 'shadow', labels: props.shadow }, props.shadowTrafficPolicy);
    const percent = checkFaultPercent(this._at('percent'), props.percent);
    this._action(() => HttpAction.forward(this.primary, forwardOptions(props)));
    const options = withMirror(forwardOptions(props), [{ destination: this.shadow, percent }]);
    this._publish([{ name: 'mirrored', action: HttpAction.forward(this.primary, options) }]);
  }
}
