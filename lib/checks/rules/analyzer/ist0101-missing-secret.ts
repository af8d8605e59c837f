import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { gatewayCredentials } from './gateway-credentials';

export const MISSING_SECRET: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The Secret that a server of a Gateway names exists in the namespace of the gateway pods.',
  falseAlarms: "The analyzer takes every name for that of a Secret, also one with a scheme such as 'configmap://'.",
  isAboutMissing: true,
  check: missingSecrets,
};

function* missingSecrets({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, path, reference, key, secret } of gatewayCredentials(mesh)) {
    if (secret === undefined) {
      yield {
        resource,
        path,
        message: `names the Secret '${reference}', which no manifest defines: the gateway pods look for '${key}'`,
        fix: 'create the Secret in the namespace of the gateway pods, not in that of the Gateway',
        falseAlarm: reference.includes('://'),
      };
    }
  }
}
