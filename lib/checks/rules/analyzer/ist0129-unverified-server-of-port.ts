import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { isUnverified, NOT_VERIFIED, VERIFIED_ANYWAY } from './unverified-server';

export const UNVERIFIED_SERVER_OF_PORT: Rule = {
  code: 'IST0129',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'A client that begins TLS to a port verifies the certificate of the server.',
  falseAlarms: VERIFIED_ANYWAY,
  check: unverifiedServers,
};

function* unverifiedServers({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of analyzed(mesh).destinationRules) {
    for (const [index, { tls }] of (resource.spec.trafficPolicy?.portLevelSettings ?? []).entries()) {
      if (isUnverified(resource.spec, tls)) {
        yield {
          resource,
          path: `spec.trafficPolicy.portLevelSettings[${index}].tls`,
          ...NOT_VERIFIED,
          falseAlarm: tls?.insecureSkipVerify !== true,
        };
      }
    }
  }
}
