import type { RuleExample } from '../example';

export const GAP_EXAMPLES: readonly RuleExample[] = [];
