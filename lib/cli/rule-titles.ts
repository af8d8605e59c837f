import { REPEATED_KEY } from './check-inputs';
import { UNUSED_SUPPRESSION } from '../checks/check';
import { RULES } from '../checks/rules';
import { SCHEMA_RULES } from '../checks/schema/catalogue';
import { WEBHOOK_RULES } from '../checks/webhook/catalogue';
import { codeOf } from '../checks/webhook/codes';

const TITLES: ReadonlyMap<string, string> = new Map([
  ...SCHEMA_RULES.map(({ rule, title }) => [`IST0106/${rule}`, title] as const),
  ...WEBHOOK_RULES.map(rule => [codeOf(rule), rule.title] as const),
  ...RULES.map(({ code, title }) => [code, title] as const),
  [UNUSED_SUPPRESSION, 'A suppression suppresses something.'] as const,
  [REPEATED_KEY, 'A key stands once in an object.'] as const,
]);

/** What holds where a rule has nothing to say. */
export function ruleTitle(code: string): string | undefined {
  return TITLES.get(code);
}
