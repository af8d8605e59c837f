import { isHttpOrUnnamed } from '../../../mesh/protocols';
import type { MeshPort } from '../../../mesh/services';
import type { LoadBalancer } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { knownPorts, listPorts } from '../shared/registry';
import { allPolicies } from '../shared/traffic-policies';

export const HASH_WITHOUT_HTTP: Rule = {
  code: 'CI0022',
  severity: Severity.WARNING,
  title: 'What a client is recognised by is there: headers, cookies and parameters only on ports that speak http.',
  check: hashesWithoutHttp,
};

function* hashesWithoutHttp({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, policy, path, port } of allPolicies(mesh)) {
    const field = httpHashOf(policy.loadBalancer);
    const host = field === undefined ? '' : mesh.destinationRules.hostOf(resource);
    const ports = field === undefined ? undefined : knownPorts(mesh, host)?.filter(({ number }) => port === undefined || number === port);
    if (ports !== undefined && ports.length > 0 && ports.every(isWithoutHttp)) {
      yield {
        resource,
        path: `spec.${path}.loadBalancer.consistentHash.${field}`,
        message: `is never seen: '${host}' has only ${listPorts(ports)}, where a sidecar sees no requests`,
        fix: 'use useSourceIp, or a port of protocol HTTP',
      };
    }
  }
}

function isWithoutHttp({ protocol }: MeshPort): boolean {
  return !isHttpOrUnnamed(protocol);
}

function httpHashOf(loadBalancer: LoadBalancer | undefined): string | undefined {
  const hash = loadBalancer?.consistentHash;
  return hash === undefined ? undefined : (['httpHeaderName', 'httpCookie', 'httpQueryParameterName'] as const).find(field => hash[field] !== undefined);
}
