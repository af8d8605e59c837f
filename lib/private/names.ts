import { describe } from './describe';
import { checkFilledMap, checkMap, checkString } from './validation';

// names as Istio's webhook judges them, which is not always as Kubernetes does

const DNS_LABEL = /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const LABEL_NAME = /^[a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?$/;
const HEADER_NAME = /^[-!#$%&'*+.^_`|~0-9a-zA-Z]+$/;

/** One part of a DNS name, at most 63 characters: names of subsets, ports and namespaces. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && DNS_LABEL.test(text);
}

export function checkDnsLabel<T extends string | undefined>(property: string, value: T): T {
  checkString(property, value);
  if (value !== undefined && !isDnsLabel(value)) {
    throw new Error(`${property} must be letters, digits and '-', at most 63 characters, with a letter or digit first and last, got ${describe(value)}`);
  }
  return value;
}

const LABEL = '[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?';
const FURTHER_LABELS = `(?:\\.${LABEL})*\\.?$`;
const DOMAIN_NAME = new RegExp(`^${LABEL}${FURTHER_LABELS}`);
const WILDCARD_DOMAIN_NAME = new RegExp(`^(?:\\*|\\*-${LABEL}|\\*?${LABEL})${FURTHER_LABELS}`);

/** A domain name without a wildcard whose last part is not a number. */
export function isDomainName(text: string): boolean {
  return text.length <= 255 && DOMAIN_NAME.test(text) && !/(^|\.)\d+\.?$/.test(text);
}

/** A domain name whose first part may be or begin with a `*`. The last of several parts is not a number. */
export function isWildcardDomainName(text: string): boolean {
  return text.length <= 255 && WILDCARD_DOMAIN_NAME.test(text) && !/^[^.]{64}/.test(text) && !/\.\d+\.?$/.test(text);
}

const HOST_ADVICE = 'a domain name of letters, digits, \'-\' and \'.\'';

/** A host without a wildcard. */
export function checkDomainName<T extends string | undefined>(property: string, value: T): T {
  checkString(property, value);
  if (value !== undefined && !isDomainName(value)) {
    throw new Error(`${property} must be ${HOST_ADVICE}, got ${describe(value)}${unicodeHint(value)}`);
  }
  return value;
}

/** A host whose first part may be a wildcard. `*` alone is the caller's to judge. */
export function checkHost<T extends string | undefined>(property: string, value: T): T {
  checkString(property, value);
  if (value !== undefined && !isWildcardDomainName(value)) {
    throw new Error(`${property} must be ${HOST_ADVICE}, with a wildcard at most in front as in '*.example.com', got ${describe(value)}${unicodeHint(value)}`);
  }
  return value;
}

function unicodeHint(host: string): string {
  return /[^\x00-\x7f]/.test(host) ? ', write international names in their xn-- form' : '';
}

/** Whether some name is covered by both hosts: by equality, or by a wildcard of one that the other falls under. */
export function hostsOverlap(a: string, b: string): boolean {
  return covers(a, b) || covers(b, a);
}

/** Whether every name that `host` stands for is covered by `pattern`. */
export function covers(pattern: string, host: string): boolean {
  return pattern.startsWith('*') ? host.endsWith(pattern.slice(1)) : pattern === host;
}

export function checkHeaderName<T extends string | undefined>(property: string, value: T): T {
  checkString(property, value);
  if (value !== undefined && !HEADER_NAME.test(value)) {
    throw new Error(`${property} must be the name of a header, letters, digits and '-', got ${describe(value)}`);
  }
  return value;
}

/** Labels of pods, as a copy. */
export function checkLabels(property: string, labels: { readonly [key: string]: string }): { [key: string]: string } {
  return checkMap(property, labels, (item, value, key) => checkLabel(property, item, key, value));
}

/** Labels of pods that may be left out, but say nothing when they are empty, as a copy. */
export function checkFilledLabels(property: string, labels: { readonly [key: string]: string } | undefined): { [key: string]: string } | undefined {
  return checkFilledMap(property, labels, (item, value, key) => checkLabel(property, item, key, value));
}

function checkLabel(property: string, item: string, key: string, value: string): string {
  checkLabelKey(property, key);
  if (typeof value !== 'string' || !isLabelValue(value)) {
    throw new Error(`${item} must be letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit first and last, got ${describe(value)}`);
  }
  return value;
}

export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && LABEL_NAME.test(text));
}

export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  return name.length <= 63 && LABEL_NAME.test(name) && (slash < 0 || isDomainName(text.slice(0, slash)));
}

function checkLabelKey(property: string, key: string): void {
  if (!isLabelKey(key)) {
    throw new Error(`${property} has the key ${describe(key)}, a key must be letters, digits, '-', '_' and '.', at most 63 characters, with an optional domain and '/' in front`);
  }
}

/** Labels that select workloads, as a copy: at least one, and no wildcards. */
export function checkSelectorLabels(property: string, labels: { readonly [key: string]: string }): { [key: string]: string } {
  const checked = checkLabels(property, labels);
  if (Object.keys(checked).length === 0) {
    throw new Error(`${property} must not be empty, it would select every workload`);
  }
  return checked;
}
