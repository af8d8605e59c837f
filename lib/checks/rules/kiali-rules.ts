import { SINGLE_WEIGHT } from './kiali/kia1104-single-weight';
import type { Rule } from './rule';

/** What Kiali says and Istio does not, with Kiali's codes. */
export const KIALI_RULES: readonly Rule[] = [
  SINGLE_WEIGHT,
];
