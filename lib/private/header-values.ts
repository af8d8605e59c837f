import { describe } from './describe';
import { checkHeaderName } from './names';
import { checkString } from './validation';

/** A command of Envoy's format strings: `%PROTOCOL%`, `%REQ(x-user)%`, `%UPSTREAM_METADATA(["a", "b"])%`. */
const COMMAND = /^%[A-Z0-9_]+(\((\[ *"[^"\\)]*"( *, *"[^"\\)]*")* *\] *|[^[ )"\\]([^)"\\]|\\[^)])*)\) *)?%/;

/** A value that a header is given: text in which `%` begins a command of Envoy. */
export function checkHeaderValue(property: string, value: string): string {
  if (value === '') {
    throw new Error(`${property} must not be empty, because Istio ignores empty values, use remove to take a header away`);
  }
  checkString(property, value);
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) {
    throw new Error(`${property} must not contain control characters, got ${describe(value)}`);
  }
  checkCommands(property, value);
  return value;
}

function checkCommands(property: string, value: string): void {
  for (let start = value.indexOf('%'); start >= 0; start = value.indexOf('%', start)) {
    const rest = value.slice(start);
    const command = rest.startsWith('%%') ? '%%' : COMMAND.exec(rest)?.[0];
    if (command === undefined) {
      throw new Error(`${property} must write '%' as '%%', or use it for a command such as '%REQ(x-user)%', got ${describe(value)}`);
    }
    start += command.length;
  }
}

/** Whether a header is the authority, under either of its names. */
export function isAuthority(name: string): boolean {
  return /^(:authority|host)$/i.test(name);
}

/** The name of a header that a request is given; `host` and `:authority` are the authority. */
export function checkRequestHeaderName(property: string, name: string): void {
  if (!isAuthority(name)) {
    checkPlainHeaderName(property, name);
  }
}

/** The name of a header that is neither the authority nor a pseudo-header. */
export function checkPlainHeaderName(property: string, name: string): void {
  checkString(property, name);
  if (name.startsWith(':') || isAuthority(name)) {
    throw new Error(`${property} must be a header that can be changed, got ${describe(name)}, only a request's authority can be set`);
  }
  checkHeaderName(property, name);
}

/** A text that becomes part of a URI: neither spaces nor control characters. */
export function checkUriText<T extends string | undefined>(property: string, text: T): T {
  checkString(property, text);
  if (text !== undefined && /[\s\x00-\x1f\x7f]/.test(text)) {
    throw new Error(`${property} must not contain spaces or control characters, got ${describe(text)}`);
  }
  return text;
}
