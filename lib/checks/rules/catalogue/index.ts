import { ANALYZER_EXAMPLES } from './analyzer';
import type { RuleExample } from './example';
import { GAP_EXAMPLES } from './gaps';
import { KIALI_EXAMPLES } from './kiali';

/** Each rule about more than one object, broken and kept. */
export const RULE_EXAMPLES: readonly RuleExample[] = [...ANALYZER_EXAMPLES, ...KIALI_EXAMPLES, ...GAP_EXAMPLES];

export type { RuleExample } from './example';
