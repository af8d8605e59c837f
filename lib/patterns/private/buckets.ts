import { setCookie } from './cookies';
import type { BucketCookie } from './cookies';
import type { ReleaseRoute } from './release-routes';
import type { IDestination } from '../../destination';
import { HttpAction } from '../../http-action';
import type { HttpForwardOptions, WeightedDestination } from '../../http-action';
import { Audience } from '../audience';

/** A share of all users who stay together. */
export interface Bucket {
  /** What the cookie says for the users of this bucket. */
  readonly label: string;

  /** The share of the users, relative to those of the other buckets. */
  readonly weight: number;

  /** Where the users of the bucket can be sent, of which one is chosen. */
  readonly destinations: readonly { readonly destination: IDestination; readonly chosen: boolean }[];
}

/** The route that deals users who have no bucket yet: each answer brings the cookie of the bucket that was drawn. */
export function dealIntoBuckets(buckets: readonly Bucket[], cookie: BucketCookie, options: HttpForwardOptions): HttpAction {
  return HttpAction.split(buckets.flatMap(({ label, weight, destinations }) => destinations.map(({ destination, chosen }): WeightedDestination => ({
    destination,
    weight: chosen ? weight : 0,
    // added, because setting it would replace the application's own cookies
    headers: { response: { add: { 'set-cookie': setCookie(cookie, label) } } },
  }))), options);
}

/** The routes for users who have a bucket already. */
export function bucketRoutes(buckets: readonly Bucket[], cookie: BucketCookie, options: HttpForwardOptions): ReleaseRoute[] {
  return buckets.map(({ label, destinations }) => ({
    name: `bucket-${label}`,
    audiences: [{ place: 'sticky', audience: Audience.cookie(cookie.name, label) }],
    action: destinations.length === 1
      ? HttpAction.forward(destinations[0].destination, options)
      : HttpAction.split(destinations.map(({ destination, chosen }) => ({ destination, weight: chosen ? 100 : 0 })), options),
  }));
}
