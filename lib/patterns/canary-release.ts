import { Names } from 'cdk8s';
import { Construct } from 'constructs';
import type { Audience } from './audience';
import type { HttpForwardOptions } from '../http-action';
import { HttpAction } from '../http-action';
import type { TrafficPolicy } from '../traffic-policy';
import { checkAudiences, refuseCovered, refuseOwnCookie } from './private/audiences';
import type { PlacedAudience } from './private/audiences';
import { bucketRoutes, dealIntoBuckets } from './private/buckets';
import type { Bucket } from './private/buckets';
import { renderStickyCookie } from './private/cookies';
import { forwardOptions, refuseCookieLoss, RELEASE_PROPS, withMirror } from './private/forward-options';
import { toHundredths, toWeights } from './private/percents';
import type { ReleaseRoute } from './private/release-routes';
import { chooseStage, takePlan } from './private/stages';
import type { ReleaseProps } from './release';
import { Release } from './release';
import type { StickyCookie } from './sticky-cookie';
import { checkFaultPercent } from '../private/percentages';
import { checkGiven, checkStruct } from '../private/validation';
import type { Subset } from '../subset';

/** What a CanaryRelease is made from. */
export interface CanaryReleaseProps extends ReleaseProps {
  /** The labels of the pods with the version that everybody knows. */
  readonly stable: { readonly [key: string]: string };

  /** The labels of the pods with the version that is tried. */
  readonly canary: { readonly [key: string]: string };

  /**
   * The share of the requests that the canary gets, from 0 to 100, with at most two decimals. Each request is drawn anew. Either this or `plan`.
   *
   * @default - the step of `plan` that `stage` says.
   */
  readonly canaryPercent?: number;

  /**
   * The shares of the canary in the stages 1, 2 and so on: each greater than 0 and than the one before, at most 100, with at most two decimals.
   *
   * @default - none, `canaryPercent` says the share.
   */
  readonly plan?: number[];

  /**
   * The step of `plan` that is reached: 0 for nobody, 1 for its first step. Lower it to roll back.
   *
   * @default - the context value `cdk8s-istio/stage/<path or id of the construct>`, or `cdk8s-istio/stage`, or the environment variable
   * `CDK8S_ISTIO_STAGE`, or 0.
   */
  readonly stage?: number;

  /**
   * Keeps users where they landed, by a cookie. Takes a `plan`: there is one bucket of users for each of its steps, and a stage decides which buckets
   * get the canary, so that users move one way and only when a stage moves them.
   *
   * @default - each request is drawn anew.
   */
  readonly sticky?: StickyCookie;

  /**
   * The requests that always get the canary, in every stage.
   *
   * @default - none.
   */
  readonly canaryFor?: Audience[];

  /**
   * The requests that always get the stable version, in every stage. They are looked for before `canaryFor`.
   *
   * @default - none.
   */
  readonly stableFor?: Audience[];

  /**
   * The share of the requests of which the canary gets a copy, whose answer nobody sees: 0, or from 0.0001 to 100. Requests of `canaryFor` and
   * `stableFor` are not copied. It does not depend on the stage: a request that goes to the canary is copied like any other.
   *
   * @default - none are copied.
   */
  readonly mirrorPercent?: number;

  /**
   * How the stable version is spoken to, where that differs from `trafficPolicy`.
   *
   * @default - as `trafficPolicy` says.
   */
  readonly stableTrafficPolicy?: TrafficPolicy;

  /**
   * How the canary is spoken to, where that differs from `trafficPolicy`.
   *
   * @default - as `trafficPolicy` says.
   */
  readonly canaryTrafficPolicy?: TrafficPolicy;
}

const KNOWN: (keyof CanaryReleaseProps)[] = [
  ...RELEASE_PROPS, 'stable', 'canary', 'canaryPercent', 'plan', 'stage', 'sticky', 'canaryFor', 'stableFor', 'mirrorPercent', 'stableTrafficPolicy', 'canaryTrafficPolicy',
];

/**
 * A new version of a service that gets a share of the requests, which grows until all have it or falls back to nothing.
 * Both versions stay defined as subsets all the time; only weights change.
 *
 * @example
 * new CanaryRelease(chart, 'Reviews', {
 *   service: ServiceHost.fromName('reviews', { port: 9080 }),
 *   stable: { version: 'v1' },
 *   canary: { version: 'v2' },
 *   plan: [1, 5, 25, 50, 100],
 *   stage: 2,
 *   sticky: { name: 'reviews-release' },
 *   canaryFor: [Audience.header('x-tester', HeaderMatch.present())],
 * });
 *
 * @see https://istio.io/latest/docs/concepts/traffic-management/#routing-rules
 */
export class CanaryRelease extends Release {
  /** The version that everybody knows. */
  public readonly stable: Subset;

  /** The version that is tried. */
  public readonly canary: Subset;

  /** The share of the requests, or of the users, that the canary gets. */
  public readonly canaryPercent: number;

  /** The stages of the plan: 0 and one for each step; without a plan there are none. */
  public readonly stages: number[];

  /** Whether the stage is left to the context or to the environment. */
  public readonly isStageOpen: boolean;

  constructor(scope: Construct, id: string, props: CanaryReleaseProps) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, KNOWN);
    const plan = this.takePlan(props);
    const { stage, isOpen } = plan === undefined ? { stage: 0, isOpen: false } : chooseStage(this, props.stage, plan.length);
    const share = plan === undefined ? toHundredths(this._at('canaryPercent'), checkGiven(this._at('canaryPercent'), props.canaryPercent!)) : [0, ...plan][stage];
    this.canaryPercent = share / 100;
    this.stages = plan === undefined ? [] : [0, ...plan].map((_, step) => step);
    this.isStageOpen = isOpen;
    this.stable = this._addVersion({ name: 'stable', place: 'stable', labels: props.stable }, props.stableTrafficPolicy);
    this.canary = this._addVersion({ name: 'canary', place: 'canary', labels: props.canary }, props.canaryTrafficPolicy);

    const stableFor = checkAudiences(this._at(''), 'stableFor', props.stableFor);
    const canaryFor = checkAudiences(this._at(''), 'canaryFor', props.canaryFor);
    refuseCovered(this._at(''), [...stableFor, ...canaryFor]);
    const options = forwardOptions(props);
    this._publish([
      ...this.audienceRoute('stable-audience', stableFor, this.stable, options),
      ...this.audienceRoute('canary-audience', canaryFor, this.canary, options),
      ...this.shareRoutes(props, plan, stage, [...stableFor, ...canaryFor]),
    ]);
  }

  private takePlan(props: CanaryReleaseProps): number[] | undefined {
    if ((props.plan === undefined) === (props.canaryPercent === undefined)) {
      throw new Error(this._at(`canaryPercent and plan say the same, ${props.plan === undefined ? 'one of them must be given' : 'leave one of them out'}`));
    }
    if (props.plan === undefined && props.stage !== undefined) {
      throw new Error(this._at('stage must have a plan beside it, whose steps it counts'));
    }
    if (props.plan === undefined && props.sticky !== undefined) {
      throw new Error(this._at('sticky must have a plan beside it: users are dealt into one bucket for each of its steps, a single percentage would move them at random whenever it changes'));
    }
    return takePlan(this._at('plan'), props.plan);
  }

  private audienceRoute(name: string, audiences: readonly PlacedAudience[], version: Subset, options: HttpForwardOptions): ReleaseRoute[] {
    return audiences.length === 0 ? [] : [{ name, audiences, action: this._action(() => HttpAction.forward(version, options)) }];
  }

  /** The routes for all who are in no audience. */
  private shareRoutes(props: CanaryReleaseProps, plan: number[] | undefined, stage: number, audiences: readonly PlacedAudience[]): ReleaseRoute[] {
    const percent = checkFaultPercent(this._at('mirrorPercent'), props.mirrorPercent);
    this._action(() => HttpAction.forward(this.stable, forwardOptions(props)));
    const options = withMirror(forwardOptions(props), percent === undefined ? undefined : [{ destination: this.canary, percent }]);
    if (plan === undefined || props.sticky === undefined) {
      const share = Math.round(this.canaryPercent * 100);
      const weights = toWeights([10000 - share, share]);
      return [{
        name: 'split',
        action: HttpAction.split([{ destination: this.stable, weight: weights[0] }, { destination: this.canary, weight: weights[1] }], options),
      }];
    }
    const cookie = renderStickyCookie(this._at('sticky'), props.sticky, `${Names.toDnsLabel(this, { includeHash: false, maxLen: 56 })}-bucket`);
    refuseOwnCookie(this._at(''), audiences, cookie.name);
    refuseCookieLoss(this._at(''), options);
    const buckets = this.bucketsOf(plan, stage);
    return [...bucketRoutes(buckets, cookie, options), { name: 'split', action: dealIntoBuckets(buckets, cookie, options) }];
  }

  /**
   * One bucket for each step of the plan, and one for the users whom the plan leaves with the stable version. All have both destinations in every
   * stage, so that stages differ in weights only.
   */
  private bucketsOf(plan: readonly number[], stage: number): Bucket[] {
    const ends = plan[plan.length - 1] === 10000 ? plan : [...plan, 10000];
    const weights = toWeights(ends.map((end, index) => end - (index === 0 ? 0 : ends[index - 1])));
    return weights.map((weight, index) => ({
      label: String(index + 1),
      weight,
      destinations: [{ destination: this.stable, chosen: index >= stage }, { destination: this.canary, chosen: index < stage }],
    }));
  }
}
