import type { Rule } from './rule';

/** What nobody else reports. */
export const GAP_RULES: readonly Rule[] = [
];
