import { Names } from 'cdk8s';
import { Construct } from 'constructs';
import type { Audience } from './audience';
import { HttpAction } from '../http-action';
import type { TrafficPolicy } from '../traffic-policy';
import { checkAudiences, refuseCovered, refuseOwnCookie } from './private/audiences';
import type { PlacedAudience } from './private/audiences';
import { bucketRoutes, dealIntoBuckets } from './private/buckets';
import { renderStickyCookie } from './private/cookies';
import { forwardOptions, refuseCookieLoss, RELEASE_PROPS } from './private/forward-options';
import { toHundredths, toWeights } from './private/percents';
import type { ReleaseRoute } from './private/release-routes';
import type { ReleaseProps } from './release';
import { Release } from './release';
import type { StickyCookie } from './sticky-cookie';
import { describe } from '../private/describe';
import { checkDnsLabel } from '../private/names';
import { checkGiven, checkList, checkStruct } from '../private/validation';
import type { Subset } from '../subset';

/** One of the versions that are compared. */
export interface AbVariant {
  /** The name of the variant, which its subset has too: letters, digits and '-', at most 63 characters. */
  readonly name: string;

  /** The labels of the pods with this variant. */
  readonly labels: { readonly [key: string]: string };

  /**
   * The requests that get this variant.
   *
   * @default - none beside those of `percent`.
   */
  readonly audiences?: Audience[];

  /**
   * The share of the users who are in no audience that gets this variant and keeps it, by a cookie; from 0 to 100, with at most two decimals.
   * A changed share is for users without the cookie: those who have it stay with their variant.
   *
   * @default - none of them; for the default variant all that the others leave.
   */
  readonly percent?: number;

  /**
   * How the variant is spoken to, where that differs from the test's own `trafficPolicy`.
   *
   * @default - as the test says.
   */
  readonly trafficPolicy?: TrafficPolicy;
}

/** What an AbTest is made from. */
export interface AbTestProps extends ReleaseProps {
  /** The variants, at least two. Their audiences are tried in this order, then come the percentages, then the default variant. */
  readonly variants: AbVariant[];

  /** The name of the variant for all others. */
  readonly defaultVariant: string;

  /**
   * The cookie that keeps users with the variant that `percent` gave them.
   *
   * @default - a cookie with the defaults of `StickyCookie`, where a variant has a percentage.
   */
  readonly sticky?: StickyCookie;
}

/**
 * Several variants of a service, each for its own audience, or for a share of the users who keep it.
 *
 * @example
 * new AbTest(chart, 'Checkout', {
 *   service: ServiceHost.fromName('checkout', { port: 8080 }),
 *   variants: [
 *     { name: 'classic', labels: { variant: 'a' } },
 *     { name: 'express', labels: { variant: 'b' }, audiences: [Audience.header('x-experiment', HeaderMatch.exact('express'))], percent: 20 },
 *   ],
 *   defaultVariant: 'classic',
 * });
 *
 * @see https://istio.io/latest/docs/concepts/traffic-management/#routing-rules
 */
export class AbTest extends Release {
  private readonly variants = new Map<string, Subset>();

  constructor(scope: Construct, id: string, props: AbTestProps) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, [...RELEASE_PROPS, 'variants', 'defaultVariant', 'sticky']);
    const shares = checkList(this._at('variants'), checkGiven(this._at('variants'), props.variants), (item, variant) => this.takeVariant(item, variant, props.defaultVariant));
    this.checkVariants(props, shares);
    const audiences = props.variants.map((variant, index) => checkAudiences(this._at(''), `variants[${index}].audiences`, variant.audiences)
      .map(placed => ({ ...placed, place: `${placed.place} of ${describe(variant.name)}` })));
    refuseCovered(this._at(''), audiences.flat());
    this._action(() => HttpAction.forward(this.variant(props.defaultVariant), forwardOptions(props)));
    this._publish([
      ...props.variants.flatMap(({ name }, index) => this.audienceRoute(name, audiences[index], props)),
      ...this.shareRoutes(props, shares, audiences.flat()),
    ]);
  }

  /**
   * The subset of a variant.
   *
   * @param variantName the name of the variant
   * @throws when there is no such variant
   */
  public variant(variantName: string): Subset {
    const found = this.variants.get(variantName);
    if (found === undefined) {
      throw new Error(`${this._at('variantName')} must be one of ${[...this.variants.keys()].map(describe).join(', ')}, got ${describe(variantName)}`);
    }
    return found;
  }

  /** Defines a variant and returns its share, if it has one, in hundredths of a percent. */
  private takeVariant(property: string, variant: AbVariant, defaultVariant: string): number | undefined {
    checkStruct(property, variant, ['name', 'labels', 'audiences', 'percent', 'trafficPolicy']);
    checkDnsLabel(`${property}.name`, checkGiven(`${property}.name`, variant.name));
    if (this.variants.has(variant.name)) {
      throw new Error(`${property}.name ${describe(variant.name)} is the name of another variant already`);
    }
    if (variant.name === defaultVariant && variant.percent !== undefined) {
      throw new Error(`${property}.percent must be left out for the default variant, which gets what the others leave`);
    }
    const place = property.slice(this._at('').length);
    this.variants.set(variant.name, this._addVersion({ name: variant.name, place: `${place}.labels`, labels: variant.labels }, variant.trafficPolicy));
    return variant.percent === undefined ? undefined : toHundredths(`${property}.percent`, variant.percent);
  }

  private checkVariants({ variants, defaultVariant }: AbTestProps, shares: readonly (number | undefined)[]): void {
    if (this.variants.size < 2) {
      throw new Error(this._at(`variants must be at least two, got ${this.variants.size}`));
    }
    if (!this.variants.has(checkGiven(this._at('defaultVariant'), defaultVariant))) {
      throw new Error(`${this._at('defaultVariant')} must be one of ${[...this.variants.keys()].map(describe).join(', ')}, got ${describe(defaultVariant)}`);
    }
    variants.forEach(({ name, audiences, percent }, index) => {
      if (name !== defaultVariant && audiences === undefined && percent === undefined) {
        throw new Error(this._at(`variants[${index}] must have audiences or percent, no request would get the variant ${describe(name)} otherwise`));
      }
    });
    const sum = sumOf(shares);
    if (sum > 10000) {
      throw new Error(this._at(`variants must have percentages whose sum is at most 100, got ${sum / 100}`));
    }
  }

  private audienceRoute(name: string, audiences: readonly PlacedAudience[], props: AbTestProps): ReleaseRoute[] {
    const action = HttpAction.forward(this.variant(name), forwardOptions(props));
    return audiences.length === 0 ? [] : [{ name: `${name}-audience`, audiences, action }];
  }

  /** The routes for all who are in no audience. The buckets are named after the variants. */
  private shareRoutes(props: AbTestProps, shares: readonly (number | undefined)[], audiences: readonly PlacedAudience[]): ReleaseRoute[] {
    const options = forwardOptions(props);
    if (shares.every(share => share === undefined)) {
      if (props.sticky !== undefined) {
        throw new Error(this._at('sticky must have a variant with percent beside it, audiences need no cookie'));
      }
      return [{ name: `${props.defaultVariant}-default`, action: HttpAction.forward(this.variant(props.defaultVariant), options) }];
    }
    const cookie = renderStickyCookie(this._at('sticky'), props.sticky ?? {}, `${Names.toDnsLabel(this, { includeHash: false, maxLen: 56 })}-bucket`);
    refuseOwnCookie(this._at(''), audiences, cookie.name);
    refuseCookieLoss(this._at(''), options);
    const rest = 10000 - sumOf(shares);
    const dealt = props.variants.map(({ name }, index) => ({ name, share: name === props.defaultVariant ? rest : shares[index] }));
    const weights = toWeights(dealt.map(({ share }) => share ?? 0));
    const buckets = dealt.flatMap(({ name, share }, index) => share === undefined ? [] : [
      { label: name, weight: weights[index], destinations: [{ destination: this.variant(name), chosen: true }] },
    ]);
    return [...bucketRoutes(buckets, cookie, options), { name: 'split', action: dealIntoBuckets(buckets, cookie, options) }];
  }
}

function sumOf(shares: readonly (number | undefined)[]): number {
  return shares.reduce<number>((sum, share) => sum + (share ?? 0), 0);
}
