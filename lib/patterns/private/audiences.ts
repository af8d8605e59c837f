import { cookiePattern } from './cookies';
import { describe } from '../../private/describe';
import { checkFilledList, checkMadeBy } from '../../private/validation';
import type { Audience } from '../audience';

/** An audience with its place in the props, for messages. */
export interface PlacedAudience {
  readonly place: string;
  readonly audience: Audience;
}

export function checkAudience(property: string, audience: Audience): Audience {
  return checkMadeBy(property, audience, '_toMatch', 'Audience, such as Audience.header()');
}

/** A list of audiences, each with its place. */
export function checkAudiences(path: string, property: string, audiences: readonly Audience[] | undefined): PlacedAudience[] {
  return checkFilledList(`${path}${property}`, audiences, (item, audience) => ({ place: item.slice(path.length), audience: checkAudience(item, audience) })) ?? [];
}

/** Refuses an audience that an earlier one covers, because no request would ever be left for it. */
export function refuseCovered(path: string, audiences: readonly PlacedAudience[]): void {
  audiences.forEach(({ place, audience }, index) => {
    const earlier = audiences.slice(0, index).find(other => other.audience.covers(audience));
    if (earlier !== undefined) {
      throw new Error(`${path}${place} is covered by ${earlier.place}, which is tried first, so that no request is left for it: leave it out, or narrow the other one`);
    }
  });
}

/** Refuses an audience that looks for the cookie which the pattern itself gives to users. */
export function refuseOwnCookie(path: string, audiences: readonly PlacedAudience[], cookieName: string): void {
  for (const { place, audience } of audiences) {
    const pattern = audience._toMatch().headers?.cookie?._toHeader()?.regex;
    if (pattern !== undefined && pattern.startsWith(cookiePattern(cookieName))) {
      throw new Error(`${path}${place} looks for the cookie ${describe(cookieName)}, which deals users into buckets, choose another sticky.name`);
    }
  }
}
