import { describe } from './describe';
import { checkString } from './validation';

// names as Kubernetes judges them

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export function isObjectName(text: string): boolean {
  return text.length <= 253 && SUBDOMAIN.test(text);
}

/** A name that the API server takes for an object. */
export function checkObjectName(property: string, name: string | undefined): void {
  if (name !== undefined && !(typeof name === 'string' && isObjectName(name))) {
    throw new Error(`${property} must be lower case letters, digits, '-' and '.', at most 253 characters, got ${describe(name)}`);
  }
}

export function isNamespace(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

/** A name that a namespace can have. */
export function checkNamespace<T extends string | undefined>(property: string, namespace: T): T {
  checkString(property, namespace);
  if (namespace !== undefined && !isNamespace(namespace)) {
    throw new Error(`${property} must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got ${describe(namespace)}`);
  }
  return namespace;
}
