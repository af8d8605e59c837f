import type { DestinationRuleSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const LOST_MUTUAL_TLS: Rule = {
  code: 'KIA0204',
  severity: Severity.WARNING,
  title: 'Without automatic mutual TLS, a rule that takes the place of a broader one with ISTIO_MUTUAL repeats its tls.',
  falseAlarms: 'Kiali says so also where mutual TLS is automatic, which is the default and needs no tls in any rule.',
  check: lostMutualTls,
};

function* lostMutualTls({ mesh }: RuleContext): Iterable<Problem> {
  if (mesh.config.given.enableAutoMtls !== false) {
    return;
  }
  for (const resource of mesh.resources.destinationRules) {
    if (hasTls(resource.spec)) {
      continue;
    }
    const broader = mesh.destinationRules.covering(mesh.destinationRules.hostOf(resource))
      .find(other => other !== resource && other.spec.host?.startsWith('*') === true && other.spec.trafficPolicy?.tls?.mode === 'ISTIO_MUTUAL');
    if (broader !== undefined) {
      yield {
        resource,
        path: 'spec.trafficPolicy',
        message: `has no tls, and takes the place of '${broader.key}' with ISTIO_MUTUAL: clients speak plain text`,
        fix: 'add tls of mode ISTIO_MUTUAL',
      };
    }
  }
}

function hasTls({ trafficPolicy }: DestinationRuleSpec): boolean {
  return trafficPolicy?.tls !== undefined || (trafficPolicy?.portLevelSettings ?? []).some(({ tls }) => tls !== undefined);
}
