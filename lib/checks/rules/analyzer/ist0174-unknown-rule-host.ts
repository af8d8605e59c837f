import type { MeshModel } from '../../../mesh/model';
import { expandHost, isWildcard } from '../../../mesh/names';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { isFoundByClients, meantHost } from './host-presence';

export const UNKNOWN_RULE_HOST: Rule = {
  code: 'IST0174',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'The host of a DestinationRule is that of a Service or a ServiceEntry.',
  falseAlarms: 'The analyzer finds no Service under a wildcard, knows no cluster domain but cluster.local, and no objects in the namespaces of Kubernetes itself.',
  check: unknownHosts,
};

function* unknownHosts({ mesh, asksForMissing }: RuleContext): Iterable<Problem> {
  const { destinationRules, knownHosts } = analyzed(mesh);
  for (const resource of destinationRules) {
    const { host = '', exportTo } = resource.spec;
    if (knownHosts.find(host, resource.namespace, exportTo) === undefined) {
      const meant = meantHost(mesh, host, resource.namespace);
      if (meant === undefined && !asksForMissing) {
        continue;
      }
      yield {
        resource,
        path: 'spec.host',
        message: meant === undefined ? `is '${host}', which no Service and no ServiceEntry has` : `is '${host}', which is not '${meant}' as this DestinationRule sees it`,
        fix: meant === undefined ? 'define it, or correct the name' : `write '${meant}', and see that it is exported`,
        missing: meant === undefined,
        falseAlarm: isFoundByClients(mesh, host, resource.namespace, [resource.namespace]) || coversServices(mesh, host, resource.namespace),
      };
    }
  }
}

function coversServices(mesh: MeshModel, host: string, namespace: string): boolean {
  const name = expandHost(host, namespace, mesh.config.clusterDomain);
  return isWildcard(name) && mesh.services.under(name).length > 0;
}
