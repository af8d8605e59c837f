import type { PortTrafficPolicy } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { isUnverified, NOT_VERIFIED, VERIFIED_ANYWAY } from './unverified-server';

export const UNVERIFIED_SERVER: Rule = {
  code: 'IST0128',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'A client that begins TLS verifies the certificate of the server.',
  falseAlarms: VERIFIED_ANYWAY,
  check: unverifiedServers,
};

function* unverifiedServers({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of analyzed(mesh).destinationRules) {
    const tls: PortTrafficPolicy['tls'] = resource.spec.trafficPolicy?.tls;
    if (isUnverified(resource.spec, tls)) {
      yield { resource, path: 'spec.trafficPolicy.tls', ...NOT_VERIFIED, falseAlarm: tls?.insecureSkipVerify !== true };
    }
  }
}
