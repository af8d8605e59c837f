import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { DestinationRuleSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const RULE_OUT_OF_REACH: Rule = {
  code: 'CI0013',
  severity: Severity.WARNING,
  title: 'A DestinationRule is where clients look for it: in their own namespace, in that of the service, or in the root namespace.',
  check: rulesOutOfReach,
};

function* rulesOutOfReach(context: RuleContext): Iterable<Problem> {
  const { mesh } = context;
  for (const resource of mesh.resources.destinationRules) {
    const { namespace, spec: { exportTo = [], workloadSelector } } = resource;
    const isPlaced = context.hasNamespace(resource) && workloadSelector === undefined;
    const owners = isPlaced ? namespacesOfHost(context, mesh.destinationRules.hostOf(resource)) : [];
    if (owners.length === 0 || owners.includes(namespace) || namespace === mesh.config.rootNamespace) {
      continue;
    }
    const others = exportTo.filter(entry => entry !== '.' && entry !== namespace);
    if (others.length > 0) {
      yield {
        resource,
        path: 'spec.exportTo',
        message: `has no effect for ${others.map(entry => entry === '*' ? 'all namespaces' : `'${entry}'`).join(', ')}: `
          + `clients look for rules of '${resource.spec.host}' in their own namespace, in '${owners[0]}' and in '${mesh.config.rootNamespace}', not in '${namespace}'`,
        fix: `move the rule to '${owners[0]}', or to the namespace of the clients`,
      };
    } else if (context.asksForMissing && !hasWorkloads(mesh, resource)) {
      yield {
        resource,
        path: 'metadata.namespace',
        message: `is '${namespace}', where no workload is that could use the rule, and the service is in '${owners[0]}'`,
        fix: `move the rule to '${owners[0]}'`,
        missing: true,
      };
    }
  }
}

function hasWorkloads(mesh: MeshModel, { namespace }: Resource<DestinationRuleSpec>): boolean {
  return mesh.workloads.matching({}, namespace).length > 0;
}

/** The namespaces that a host is in: by its name, or by the entries that define it, if those say theirs. */
function namespacesOfHost({ mesh, hasNamespace }: RuleContext, host: string): readonly string[] {
  const suffix = `.svc.${mesh.config.clusterDomain}`;
  if (host.endsWith(suffix)) {
    const [name, namespace, ...rest] = host.slice(0, -suffix.length).split('.');
    return name !== '' && namespace !== undefined && rest.length === 0 ? [namespace] : [];
  }
  const services = mesh.services.ofHost(host);
  return services.every(({ resource }) => hasNamespace(resource)) ? services.map(service => service.namespace) : [];
}
