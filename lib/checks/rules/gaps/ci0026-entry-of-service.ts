import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const ENTRY_OF_SERVICE: Rule = {
  code: 'CI0026',
  severity: Severity.WARNING,
  title: 'The hosts of a ServiceEntry are none of a Kubernetes Service, which would take their place.',
  check: entriesOfServices,
};

function* entriesOfServices({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.serviceEntries) {
    for (const [index, host] of (resource.spec.hosts ?? []).entries()) {
      const service = mesh.services.ofHost(host).find(({ isKubernetes, exportTo }) => isKubernetes && exportTo.has('*'));
      if (service !== undefined) {
        yield {
          resource,
          path: `spec.hosts[${index}]`,
          message: `is the Service '${service.name}' in '${service.namespace}', which sidecars take instead of this entry, got '${host}'`,
          fix: 'choose a host of its own, or let the Service select the workloads',
        };
      }
    }
  }
}
