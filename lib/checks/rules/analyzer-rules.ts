import { MISSING_GATEWAY } from './analyzer/ist0101-missing-gateway';
import type { Rule } from './rule';

/** What Istio's own analyzer says, with its codes. */
export const ANALYZER_RULES: readonly Rule[] = [
  MISSING_GATEWAY,
];
