import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { gatewayReferences } from './gateway-references';

export const MISSING_GATEWAY: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'A gateway that a VirtualService names exists.',
  falseAlarms: "The analyzer does not know the forms 'gateway.namespace…' and './gateway', which istiod resolves.",
  isAboutMissing: true,
  check: missingGateways,
};

function* missingGateways(context: RuleContext): Iterable<Problem> {
  for (const { resource, path, reference, namespace, isInternal, hosts, found } of gatewayReferences(context)) {
    if (!isInternal && hosts === undefined) {
      yield {
        resource,
        path,
        message: `names the gateway '${reference}', which no manifest defines in the namespace '${namespace}'`,
        fix: 'define it, or name one that exists as namespace/name',
        falseAlarm: found !== undefined,
      };
    }
  }
}
