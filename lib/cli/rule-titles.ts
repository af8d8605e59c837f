import { REPEATED_KEY } from './check-inputs';
import { UNUSED_SUPPRESSION, UNWRITTEN } from '../checks/check';
import { NEWER_FIELD } from '../checks/newer-fields';
import { RULES } from '../checks/rules';
import { SCHEMA_RULES } from '../checks/schema/catalogue';
import { WEBHOOK_RULES } from '../checks/webhook/catalogue';
import { codeOf } from '../checks/webhook/codes';
import { groupBy } from '../mesh/collections';

const TITLES = groupBy([
  ...SCHEMA_RULES.map(({ rule, title }) => ({ code: `IST0106/${rule}`, title })),
  ...WEBHOOK_RULES.map(rule => ({ code: codeOf(rule), title: rule.title })),
  ...RULES,
  { code: NEWER_FIELD, title: 'A field exists in the Istio release that the mesh runs.' },
  { code: UNUSED_SUPPRESSION, title: 'A suppression suppresses something.' },
  { code: REPEATED_KEY, title: 'A key stands once in an object.' },
  { code: UNWRITTEN, title: 'An object can be written as a manifest.' },
], ({ code }) => code);

/** What holds where the rules of a code, which may be several, have nothing to say. */
export function ruleTitle(code: string): string | undefined {
  const titles = TITLES.get(code)?.map(({ title }) => title);
  return titles === undefined ? undefined : [...new Set(titles)].join(' ');
}
