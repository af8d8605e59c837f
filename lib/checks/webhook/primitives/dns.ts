import { isDnsLabel } from '../../../private/names';

export { isDnsLabel };

/** What hosts mostly are: labels that begin with a letter, so that the last is no number. */
const COMMON_HOST = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)*$/;
const WILDCARD_LABEL = /^(?:\*|(?:\*-?)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;
const LONGEST_NAME = 255;
const LONGEST_LABEL = 63;
const MAX_INT64 = '9223372036854775807';

const enum Code {
  HYPHEN = 45,
  DOT = 46,
  ZERO = 48,
  NINE = 57,
  A = 65,
  Z = 90,
  SMALL_A = 97,
  SMALL_Z = 122,
}

/** A host without a wildcard. A dot at the end is allowed, and hides a last part of digits. */
export function isDomainName(text: string): boolean {
  return text.length <= LONGEST_NAME && areLabels(text, 0);
}

/** A host whose first part may be `*`, or begin with `*` or `*-`. Alone, that part may be a number. */
export function isWildcardDomainName(text: string): boolean {
  if (text.length > LONGEST_NAME) {
    return false;
  }
  if (COMMON_HOST.test(text)) {
    return true;
  }
  const dot = text.indexOf('.');
  const first = dot < 0 ? text : text.slice(0, dot);
  // what follows the first part may be nothing at all
  return first.length <= LONGEST_LABEL && WILDCARD_LABEL.test(first) && (dot < 0 || dot === text.length - 1 || areLabels(text, dot + 1));
}

/** Whether a text is made of DNS labels from a place on, of which the last is no number and may be empty. */
function areLabels(text: string, from: number): boolean {
  let start = from;
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === Code.DOT) {
      if (!isLabelAt(text, start, index)) {
        return false;
      }
      start = index + 1;
    } else if (code !== Code.HYPHEN && !isAlphanumeric(code)) {
      return false;
    }
  }
  return start === text.length ? start > from : isLabelAt(text, start, text.length) && !isInteger(text, start);
}

/** Whether letters, digits and hyphens make a label. */
function isLabelAt(text: string, start: number, end: number): boolean {
  return end > start && end - start <= LONGEST_LABEL && text.charCodeAt(start) !== Code.HYPHEN && text.charCodeAt(end - 1) !== Code.HYPHEN;
}

function isAlphanumeric(code: number): boolean {
  return (code >= Code.SMALL_A && code <= Code.SMALL_Z) || isDigit(code) || (code >= Code.A && code <= Code.Z);
}

function isDigit(code: number): boolean {
  return code >= Code.ZERO && code <= Code.NINE;
}

/** Whether Go reads the label at the end of a text as a 64 bit integer. */
function isInteger(text: string, start: number): boolean {
  if (!isDigit(text.charCodeAt(text.length - 1)) || !/^\d+$/.test(text.slice(start))) {
    return false;
  }
  const digits = text.slice(start).replace(/^0+/, '');
  return digits.length < MAX_INT64.length || (digits.length === MAX_INT64.length && digits <= MAX_INT64);
}

/** A wildcard that stands for a part of a label, as in `*foo.com`. */
export function hasPartialWildcard(host: string): boolean {
  return host.includes('*') && host !== '*' && !host.startsWith('*.');
}

/** A name as istiod makes up for traffic between networks: `outbound_.80_._.reviews.default.svc.cluster.local`. */
export function isGeneratedSni(text: string): boolean {
  const parts = text.split('_', 4);
  return Buffer.byteLength(text) <= 255 && parts.length === 4 && parts[0] === 'outbound' && /\d/.test(parts[1]) && /[a-zA-Z]/.test(parts[3]);
}

/** What a host must be, for messages. */
export const HOST_FORM = "a host of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com'";
export const NAME_FORM = "a domain name of letters, digits, '-' and '.', without a wildcard";
export const LABEL_FORM = "letters, digits and '-', at most 63 characters, with a letter or digit first and last";

/** A hint for hosts in other scripts. */
export function hostFix(host: string): string | undefined {
  if (/[^\x00-\x7f]/.test(host)) {
    return 'write international names in their xn-- form';
  }
  return host.includes('://') || host.includes('/') || /:\d+$/.test(host) ? 'write the host alone, without scheme, path and port' : undefined;
}
