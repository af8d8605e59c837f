import type { Duration } from 'cdk8s';

/** Whether a browser sends a cookie with requests that other sites cause. */
export enum SameSite {
  /** Never. */
  STRICT = 'Strict',

  /** When a user follows a link. */
  LAX = 'Lax',

  /** Always. The cookie must be `secure` then. */
  NONE = 'None',
}

/**
 * The cookie that keeps users where they landed. It is given with the answer to a user's first request and is not renewed.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Set-Cookie
 */
export interface StickyCookie {
  /**
   * The name: letters, digits and any of `!#$&'*+-.^_|~` and the backquote. A new name deals all users anew, which is what a changed plan and the next release need.
   *
   * @default - the path of the construct in small letters, and `-bucket`.
   */
  readonly name?: string;

  /**
   * The paths for which browsers send the cookie: this one and what is below it.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The time for which browsers keep the cookie, in whole seconds. Afterwards a user is dealt anew, so take longer than the rollout lasts.
   *
   * @default Duration.days(30)
   */
  readonly maxAge?: Duration;

  /**
   * Whether browsers send the cookie over https only.
   *
   * @default false
   */
  readonly secure?: boolean;

  /**
   * Whether the cookie is hidden from scripts of the page.
   *
   * @default true
   */
  readonly httpOnly?: boolean;

  /**
   * Whether browsers send the cookie with requests that other sites cause.
   *
   * @default SameSite.LAX
   */
  readonly sameSite?: SameSite;
}
