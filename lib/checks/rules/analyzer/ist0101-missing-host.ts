import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { isFoundByClients, meantHost } from './host-presence';
import { clientNamespaces } from './virtual-service-clients';

export const MISSING_HOST: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The host of a destination is that of a Service or a ServiceEntry, visible to the VirtualService.',
  falseAlarms: 'The analyzer knows no cluster domain but cluster.local, no objects in the namespaces of Kubernetes itself, and looks for hosts from the '
    + 'namespace of the VirtualService where the proxies of its Gateways look from their own.',
  check: missingHosts,
};

function* missingHosts({ mesh, asksForMissing }: RuleContext): Iterable<Problem> {
  for (const placed of analyzed(mesh).destinations) {
    const { resource, destination: { host = '' }, known, isMirror } = placed;
    if (known !== undefined) {
      continue;
    }
    const { namespace } = resource;
    const meant = meantHost(mesh, host, namespace);
    if (meant !== undefined || asksForMissing) {
      yield {
        resource,
        path: `${placed.path}.host`,
        message: messageOf(host, namespace, meant),
        fix: meant === undefined || meant === host ? 'define it, export it, or correct the name' : `write '${meant}', and see that it is exported`,
        severity: isMirror ? Severity.WARNING : undefined,
        missing: meant === undefined,
        falseAlarm: isFoundByClients(mesh, host, namespace, clientNamespaces(mesh, resource)),
      };
    }
  }
}

function messageOf(host: string, namespace: string, meant: string | undefined): string {
  if (meant === undefined) {
    return `names the host '${host}', which no Service and no ServiceEntry has`;
  }
  return meant === host || !host.includes('.')
    ? `names the host '${host}', which is not exported to the namespace '${namespace}'`
    : `names the host '${host}', which Istio does not take for '${meant}'`;
}
