import { CorsPolicy, HttpMethod, UnmatchedPreflights } from '../cors-policy';
import { checkHeaderName } from './names';
import { renderStringMatch } from './render-string-match';
import { checkBoolean, checkEnum, checkFilledList, checkStruct, renderSeconds } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpCorsPolicy } from '../../imports/networking.istio.io';

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
      if (rendered.exact === '') {
        throw new Error(`${item} must not be empty`);
      }
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

function renderHeaderNames(property: string, names: string[] | undefined): string[] | undefined {
  return checkFilledList(property, names, checkHeaderName);
}
