import type { WebhookFinding } from './finding';

// which code of Istio's analyzers a warning of the webhook goes by there
const UNREACHABLE_RULE: ReadonlySet<string> = new Set(['VS30', 'VS31']);
const INEFFECTIVE_MATCH = 'VS32';

/** The code by which a finding is known: that of Istio, and the rule's id. */
export function codeOf({ rule, severity }: Pick<WebhookFinding, 'rule' | 'severity'>): string {
  if (severity === 'error') {
    return `IST0106/${rule}`;
  }
  return `${UNREACHABLE_RULE.has(rule) ? 'IST0130' : rule === INEFFECTIVE_MATCH ? 'IST0131' : 'IST0133'}/${rule}`;
}
