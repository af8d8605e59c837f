import type { StringMatch } from '../string-match';
import { checkMadeBy } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpMatchUri } from '../../imports/networking.istio.io';

export function renderStringMatch(property: string, match: StringMatch): Wire<VirtualServiceSpecHttpMatchUri>;
export function renderStringMatch(property: string, match: StringMatch | undefined): Wire<VirtualServiceSpecHttpMatchUri> | undefined;
export function renderStringMatch(property: string, match: StringMatch | undefined): Wire<VirtualServiceSpecHttpMatchUri> | undefined {
  return match === undefined ? undefined : checkMadeBy(property, match, '_toStringMatch', 'StringMatch, such as StringMatch.exact()')._toStringMatch();
}
