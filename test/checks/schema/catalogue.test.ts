import { checkSchema } from '../../../lib/checks/schema';
import { SCHEMA_RULES } from '../../../lib/checks/schema/catalogue';
import { checkWebhook } from '../../../lib/checks/webhook';

test.each(SCHEMA_RULES)('$rule: the wrong example violates it and nothing else', ({ rule, wrong }) => {
  expect([...new Set(checkSchema(wrong).map(violation => violation.rule))]).toEqual([rule]);
});

test.each(SCHEMA_RULES)('$rule: the right example is fine', ({ right }) => {
  expect(checkSchema(right)).toEqual([]);
  expect(checkWebhook(right)).toEqual([]);
});

test('every rule stands there once', () => {
  const rules = SCHEMA_RULES.map(({ rule }) => rule);
  expect(new Set(rules).size).toBe(rules.length);
});
