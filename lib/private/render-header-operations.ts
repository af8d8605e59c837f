import type { HeaderChanges, HeaderOperations, ResponseHeaderOperations } from '../header-operations';
import { describe } from './describe';
import { checkHeaderValue, checkPlainHeaderName, checkRequestHeaderName, isAuthority } from './header-values';
import { checkFilledList, checkFilledMap, checkStruct } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpHeaders, VirtualServiceSpecHttpHeadersRequest } from '../../imports/networking.istio.io';

type Headers = Wire<VirtualServiceSpecHttpHeaders>;
type Changes = Wire<VirtualServiceSpecHttpHeadersRequest>;
type NameCheck = (property: string, name: string) => void;

export function renderHeaderOperations(property: string, operations: HeaderOperations | undefined): Headers | undefined {
  if (operations === undefined) {
    return undefined;
  }
  checkStruct(property, operations, ['request', 'response']);
  if (operations.request === undefined && operations.response === undefined) {
    throw new Error(`${property} must have request or response, leave it out instead`);
  }
  const request = renderChanges(`${property}.request`, operations.request, checkRequestHeaderName);
  const authorities = authorityHeaders(request);
  if (authorities.length > 1) {
    throw new Error(`${property}.request must give the authority once, got ${authorities.map(describe).join(' and ')}`);
  }
  return { request, response: renderChanges(`${property}.response`, operations.response, checkPlainHeaderName) };
}

export function renderResponseHeaderOperations(property: string, operations: ResponseHeaderOperations | undefined): Headers | undefined {
  if (operations === undefined) {
    return undefined;
  }
  checkStruct(property, operations, ['response']);
  if (operations.response === undefined) {
    throw new Error(`${property} must have response, leave it out instead`);
  }
  return { response: renderChanges(`${property}.response`, operations.response, checkPlainHeaderName) };
}

/** The headers of a request that are given and stand for the authority. */
export function authorityHeaders(request: Changes | undefined): string[] {
  return request === undefined ? [] : [...Object.keys(request.set ?? {}), ...Object.keys(request.add ?? {})].filter(isAuthority);
}

function renderChanges(property: string, changes: HeaderChanges | undefined, checkGivenName: NameCheck): Changes | undefined {
  if (changes === undefined) {
    return undefined;
  }
  checkStruct(property, changes, ['set', 'add', 'remove']);
  if (changes.set === undefined && changes.add === undefined && changes.remove === undefined) {
    throw new Error(`${property} must have set, add or remove, leave it out instead`);
  }
  return {
    set: renderValues(`${property}.set`, changes.set, checkGivenName),
    add: renderValues(`${property}.add`, changes.add, checkGivenName),
    remove: checkFilledList(`${property}.remove`, changes.remove, (item, name) => {
      checkPlainHeaderName(item, name);
      return name;
    }),
  };
}

function renderValues(property: string, values: HeaderChanges['set'], checkGivenName: NameCheck): { [name: string]: string } | undefined {
  return checkFilledMap(property, values, (item, value, name) => {
    checkGivenName(`${property}: name`, name);
    return checkHeaderValue(item, value);
  });
}
