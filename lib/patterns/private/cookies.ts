import { describe } from '../../private/describe';
import { checkBoolean, checkEnum, checkMadeBy, checkString, checkStruct, checkText, fail } from '../../private/validation';
import { SameSite } from '../sticky-cookie';
import type { StickyCookie } from '../sticky-cookie';

/** The name of a cookie: a token without `%`, which begins a command of Envoy where the cookie is set. */
export function checkCookieName<T extends string | undefined>(property: string, name: T): T {
  checkString(property, name);
  if (name !== undefined && !/^[-!#$&'*+.^_`|~0-9a-zA-Z]+$/.test(name)) {
    fail(property, 'the name of a cookie, letters, digits and any of !#$&\'*+-.^_`|~', name);
  }
  return name;
}

/** The value of a cookie as it is sent. Browsers also keep values that the RFC does not allow, such as texts with quotes. */
export function checkCookieText(property: string, text: string): string {
  checkText(property, text);
  if (!/^[\x20-\x3a\x3c-\x7e]*$/.test(text) || text !== text.trim()) {
    fail(property, 'the value of a cookie, ASCII characters without \';\' and without spaces at its ends', text);
  }
  return text;
}

/** The pattern of a `cookie` header with this cookie in any position, up to the value where that is given. */
export function cookiePattern(name: string, text?: string): string {
  const start = `(.*;\\s*)?${quote(name)}=`;
  return text === undefined ? start : `${start}${quote(text)}(\\s*;.*)?`;
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A cookie that remembers into which bucket a user was dealt. */
export interface BucketCookie {
  readonly name: string;

  /** What follows the value where the cookie is set. */
  readonly attributes: string;
}

const THIRTY_DAYS = 30 * 24 * 60 * 60;

export function renderStickyCookie(property: string, cookie: StickyCookie, defaultName: string): BucketCookie {
  checkStruct(property, cookie, ['name', 'path', 'maxAge', 'secure', 'httpOnly', 'sameSite']);
  const name = checkCookieName(`${property}.name`, cookie.name) ?? defaultName;
  const path = checkCookiePath(`${property}.path`, cookie.path) ?? '/';
  const secure = checkBoolean(`${property}.secure`, cookie.secure) ?? false;
  const httpOnly = checkBoolean(`${property}.httpOnly`, cookie.httpOnly) ?? true;
  const sameSite = checkEnum(`${property}.sameSite`, cookie.sameSite, SameSite) ?? SameSite.LAX;
  if (!secure && sameSite === SameSite.NONE) {
    throw new Error(`${property}.secure must be true beside SameSite.NONE, browsers drop the cookie otherwise`);
  }
  checkNamePrefix(property, name, path, secure);
  return {
    name,
    attributes: [
      `Path=${path.replace(/%/g, '%%')}`,
      `Max-Age=${secondsOf(`${property}.maxAge`, cookie)}`,
      ...secure ? ['Secure'] : [],
      ...httpOnly ? ['HttpOnly'] : [],
      `SameSite=${sameSite}`,
    ].join('; '),
  };
}

/** The header with which an answer gives the cookie to a client. */
export function setCookie(cookie: BucketCookie, text: string): string {
  return `${cookie.name}=${text}; ${cookie.attributes}`;
}

function checkCookiePath(property: string, path: string | undefined): string | undefined {
  checkString(property, path);
  if (path !== undefined && !/^\/[\x21-\x3a\x3c-\x7e]*$/.test(path)) {
    fail(property, 'a path that begins with \'/\', ASCII characters without \';\' and spaces', path);
  }
  return path;
}

function secondsOf(property: string, { maxAge }: StickyCookie): number {
  if (maxAge === undefined) {
    return THIRTY_DAYS;
  }
  const milliseconds = checkMadeBy(property, maxAge, 'toMilliseconds', 'Duration, such as Duration.days(30)').toMilliseconds({ integral: false });
  if (!Number.isInteger(milliseconds / 1000) || milliseconds <= 0) {
    throw new Error(`${property} must be a whole number of seconds, at least 1, got ${describe(milliseconds / 1000)} s`);
  }
  return milliseconds / 1000;
}

/** Browsers drop a cookie whose name promises what its attributes do not keep. */
function checkNamePrefix(property: string, name: string, path: string, secure: boolean): void {
  const prefix = /^__(secure|host)-/i.exec(name)?.[1].toLowerCase();
  if (prefix !== undefined && !secure) {
    throw new Error(`${property}.secure must be true for the name ${describe(name)}, browsers drop the cookie otherwise`);
  }
  if (prefix === 'host' && path !== '/') {
    throw new Error(`${property}.path must be '/' for the name ${describe(name)}, browsers drop the cookie otherwise, got ${describe(path)}`);
  }
}
