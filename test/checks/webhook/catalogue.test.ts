import { checkWebhook } from '../../../lib/checks/webhook';
import { UNREACHABLE_RULES, WEBHOOK_RULES } from '../../../lib/checks/webhook/catalogue';
import { codeOf } from '../../../lib/checks/webhook/codes';

const RULES = WEBHOOK_RULES.map(rule => [codeOf(rule), rule] as const);

test.each(RULES)('%s speaks of its wrong example, and no other rule does', (code, { wrong, asWritten, alongside = [] }) => {
  const findings = checkWebhook(wrong, { asWritten });
  expect(findings.map(codeOf)).toContain(code);
  expect(findings.filter(finding => codeOf(finding) !== code && !alongside.includes(finding.rule))).toEqual([]);
});

test.each(RULES)('no rule speaks of the right example of %s', (_, { right, asWritten }) => {
  expect(checkWebhook(right, { asWritten })).toEqual([]);
});

test.each(RULES)('what %s says is at a path, begins with a small letter or a quote and has no full stop', (_, { wrong, asWritten }) => {
  for (const finding of checkWebhook(wrong, { asWritten })) {
    expect(finding.path).toMatch(/^(?:spec|metadata|selector)\b/);
    expect(finding.message).toMatch(/^(?:[a-z']|TLSV1)/);
    expect(finding.message).not.toMatch(/\.$|undefined|\[object/);
    expect(finding.fix ?? 'a').toMatch(/^(?:[a-z0-9]|IST)/);
  }
});

test('each rule is in the catalogue once', () => {
  const codes = RULES.map(([code]) => code);
  expect(codes).toEqual([...new Set(codes)]);
});

test('a title is one sentence or more', () => {
  for (const { title } of [...WEBHOOK_RULES, ...UNREACHABLE_RULES]) {
    expect(title).toMatch(/^[A-Z].*\.$/s);
  }
});

test('codes begin with what Istio\'s analyzers call the finding', () => {
  expect(codeOf({ rule: 'VS14', severity: 'error' })).toBe('IST0106/VS14');
  expect(codeOf({ rule: 'VS23', severity: 'warning' })).toBe('IST0133/VS23');
  expect(codeOf({ rule: 'VS31', severity: 'warning' })).toBe('IST0130/VS31');
  expect(codeOf({ rule: 'VS32', severity: 'warning' })).toBe('IST0131/VS32');
});
