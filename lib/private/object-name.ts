import { describe } from './describe';

/** A name that the API server takes for an object. */
export function checkObjectName(property: string, name: string | undefined): void {
  if (name !== undefined && !(typeof name === 'string' && name.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name))) {
    throw new Error(`${property} must be lower case letters, digits, '-' and '.', at most 253 characters, got ${describe(name)}`);
  }
}
