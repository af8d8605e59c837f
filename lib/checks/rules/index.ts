import { ANALYZER_RULES } from './analyzer-rules';
import { GAP_RULES } from './gap-rules';
import { KIALI_RULES } from './kiali-rules';
import type { Rule } from './rule';

/** All rules about more than one object. */
export const RULES: readonly Rule[] = [...ANALYZER_RULES, ...KIALI_RULES, ...GAP_RULES];

export type { Problem, Rule, RuleContext } from './rule';
