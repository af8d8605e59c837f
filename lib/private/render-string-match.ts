import type { StringMatch } from '../string-match';
import { checkMadeBy, fail } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpMatchUri } from '../../imports/networking.istio.io';

const MAKERS = 'StringMatch, such as StringMatch.exact()';

export function renderStringMatch(property: string, match: StringMatch): Wire<VirtualServiceSpecHttpMatchUri>;
export function renderStringMatch(property: string, match: StringMatch | undefined): Wire<VirtualServiceSpecHttpMatchUri> | undefined;
export function renderStringMatch(property: string, match: StringMatch | undefined): Wire<VirtualServiceSpecHttpMatchUri> | undefined {
  if (match === undefined) {
    return undefined;
  }
  const rendered = checkMadeBy(property, match, '_toIstio', MAKERS)._toIstio();
  // from untyped code the value may be one of another class, which also has a wire form
  if (rendered.exact === undefined && rendered.prefix === undefined && rendered.regex === undefined) {
    fail(property, `made by ${MAKERS}`, match);
  }
  return rendered;
}
