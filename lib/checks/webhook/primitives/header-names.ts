import { describe } from '../../../private/describe';
import { keyStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';

// a comma passes, as it does in Istio
const TOKEN = /^[!#$%&'*+,\-.^_`|~0-9A-Za-z]+$/;
const PSEUDO_HEADERS: ReadonlySet<string> = new Set([':method', ':scheme', ':authority', ':path', ':status']);
const CLAIM = /^@request\.auth\.claims(?:\.[^]+|\[[^]+\])$/i;
// with the flags of Unicode, these also fold the long s
const HOST = /^host$/iu;
const AUTHORITY = /^:authority$/iu;

export const HEADER_FORM = "the name of a header: letters, digits and any of !#$%&'*+-.^_`|~";

export function isHeaderToken(name: string): boolean {
  return TOKEN.test(name);
}

/** A key such as `@request.auth.claims.groups`, which matches a claim of the request's token instead of a header. */
export function isClaimKey(name: string): boolean {
  return CLAIM.test(name);
}

/** The key of a header match. */
export function checkMatchHeaderName(report: Report, rule: string, field: string, name: string): void {
  if (!TOKEN.test(name) && !PSEUDO_HEADERS.has(name) && !isClaimKey(name)) {
    report.error(rule, `.${field}${keyStep(name)}`, `must have ${HEADER_FORM} as its key${got(name)}`, { value: name });
  }
}

export function isAuthority(name: string): boolean {
  return AUTHORITY.test(name) || HOST.test(name);
}

/** What is wrong with the name of a request header to set or add: the authority may be changed. */
export function requestHeaderProblem(name: string): string | undefined {
  if (name === '') {
    return 'must have the name of a header as its key, got an empty one';
  }
  return name.startsWith(':') && !isAuthority(name) ? `must not change the pseudo header ${describe(name)}, only ':authority'` : undefined;
}

/** What is wrong with the name of a header to remove, or to change in a response. */
export function plainHeaderProblem(name: string): string | undefined {
  if (name === '') {
    return 'must be the name of a header, got an empty one';
  }
  if (HOST.test(name)) {
    return "must not be the 'host' header";
  }
  return name.startsWith(':') ? `must not be a pseudo header${got(name)}` : undefined;
}
