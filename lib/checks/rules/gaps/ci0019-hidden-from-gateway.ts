import { MESH_GATEWAY } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const HIDDEN_FROM_GATEWAY: Rule = {
  code: 'CI0019',
  severity: Severity.WARNING,
  title: 'A VirtualService is exported to the namespaces of the workloads of its gateways.',
  check: hiddenFromGateways,
};

function* hiddenFromGateways({ mesh, hasNamespace }: RuleContext): Iterable<Problem> {
  for (const { resource, exportTo, gateways } of mesh.virtualServices.all) {
    if (exportTo.has('*') || resource.spec.exportTo === undefined || !hasNamespace(resource)) {
      continue;
    }
    for (const [index, key] of gateways.entries()) {
      const slash = key.indexOf('/');
      const gateway = key === MESH_GATEWAY ? undefined : mesh.resources.find('networking.istio.io', 'Gateway', key.slice(0, slash), key.slice(slash + 1));
      const workloads = gateway === undefined ? [] : mesh.workloadsOfGateway(gateway as unknown as Resource<GatewaySpec>);
      const isKnown = workloads.length > 0 && workloads.every(({ workload }) => workload !== undefined && hasNamespace(workload.resource));
      if (isKnown && !workloads.some(({ namespace }) => exportTo.has(namespace))) {
        yield {
          resource,
          path: `spec.gateways[${index}]`,
          message: `never gets these routes: the workload of '${key}' is in '${workloads[0].namespace}', and exportTo is [${resource.spec.exportTo.join(', ')}]`,
          fix: `add '${workloads[0].namespace}' to exportTo`,
        };
      }
    }
  }
}
