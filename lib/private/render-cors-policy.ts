import { CorsPolicy, HttpMethod, UnmatchedPreflights } from '../cors-policy';
import { describe } from './describe';
import { checkHeaderName } from './names';
import { renderStringMatch } from './render-string-match';
import { checkBoolean, checkEnum, checkFilledList, checkStruct, renderSeconds } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpCorsPolicy, VirtualServiceSpecHttpMatchUri } from '../../imports/networking.istio.io';

export function renderCorsPolicy(property: string, policy: CorsPolicy | undefined): Wire<VirtualServiceSpecHttpCorsPolicy> | undefined {
  if (policy === undefined) {
    return undefined;
  }
  checkStruct(property, policy, ['allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders', 'maxAge', 'allowCredentials', 'unmatchedPreflights']);
  if (policy.allowOrigins === undefined && policy.unmatchedPreflights === undefined) {
    throw new Error(`${property}.allowOrigins must be given, without it no origin is allowed, use StringMatch.exact('*') for all`);
  }
  return {
    allowOrigins: checkFilledList(`${property}.allowOrigins`, policy.allowOrigins, (item, origin) => {
      const rendered = renderStringMatch(item, origin);
      checkOrigin(item, rendered);
      return rendered;
    }),
    allowMethods: checkFilledList(`${property}.allowMethods`, policy.allowMethods, (item, method) => checkEnum(item, method, HttpMethod)),
    allowHeaders: renderHeaderNames(`${property}.allowHeaders`, policy.allowHeaders),
    exposeHeaders: renderHeaderNames(`${property}.exposeHeaders`, policy.exposeHeaders),
    maxAge: renderSeconds(`${property}.maxAge`, policy.maxAge, 1),
    allowCredentials: checkBoolean(`${property}.allowCredentials`, policy.allowCredentials),
    unmatchedPreflights: checkEnum(`${property}.unmatchedPreflights`, policy.unmatchedPreflights, UnmatchedPreflights),
  };
}

/** A text that the header `Origin` can have: a scheme and a host, with a port where it is not the usual one. */
function checkOrigin(property: string, { exact, prefix }: Wire<VirtualServiceSpecHttpMatchUri>): void {
  if (exact === '') {
    throw new Error(`${property} must not be empty`);
  }
  if (exact !== undefined && exact !== '*' && exact !== 'null' && !/^[a-z][-+.a-z0-9]*:\/\/[\x21-\x2e\x30-\x7e]*$/i.test(exact)) {
    throw new Error(`${property} must be an origin without a path, as in 'https://shop.example.com' or 'http://localhost:8080', or '*' or 'null', got ${describe(exact)}`);
  }
  if (prefix !== undefined && !/^[\x21-\x7e]*$/.test(prefix)) {
    throw new Error(`${property} must be the beginning of an origin such as 'https://shop.example.com', got ${describe(prefix)}`);
  }
}

function renderHeaderNames(property: string, names: string[] | undefined): string[] | undefined {
  return checkFilledList(property, names, checkHeaderName);
}
