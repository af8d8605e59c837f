import { isIP } from 'net';
import { describe } from './describe';
import { checkString } from './validation';

/** An IPv4 or IPv6 address, with a zone where it has one. */
export function isAddress(text: string): boolean {
  // most texts are names, which the patterns for addresses take long to refuse
  return (text.includes(':') || /^\d/.test(text)) && isIP(text) !== 0;
}

/** An address, or a range of addresses in CIDR notation. */
export function isAddressOrRange(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) {
    return isAddress(text);
  }
  const bits = text.slice(slash + 1);
  const version = isIP(text.slice(0, slash));
  // as Go reads a prefix: no sign, no leading zero, no zone
  return version !== 0 && !text.includes('%') && /^(0|[1-9]\d*)$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

export function checkAddress<T extends string | undefined>(property: string, value: T): T {
  checkString(property, value);
  if (value !== undefined && !isAddress(value)) {
    throw new Error(`${property} must be an IPv4 or IPv6 address, got ${describe(value)}`);
  }
  return value;
}

export function checkAddressOrRange<T extends string | undefined>(property: string, value: T): T {
  checkString(property, value);
  if (value !== undefined && !isAddressOrRange(value)) {
    throw new Error(`${property} must be an IP address or a range such as '10.0.0.0/8', got ${describe(value)}`);
  }
  return value;
}

/** The path of a Unix domain socket: absolute, or abstract with an `@`. */
export function isUnixSocket(text: string): boolean {
  return /^unix:\/\/(@.*|\/.*[^/])$/s.test(text);
}
