import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { HttpAction } from '../../http-action';
import { MeshSettings } from '../../mesh-settings';
import { describe } from '../../private/describe';
import type { TcpAction } from '../../tcp-action';

interface Destination {
  readonly host: string;
  readonly port?: object;
}

/** The destinations of an action, of copies too. */
export function destinationsOf(scope: Construct, action: HttpAction): Destination[] {
  const { route = [], mirror, mirrors = [] } = action._toHttpRoute(scope);
  return [...route, ...mirrors].map(({ destination }) => destination).concat(mirror ?? []);
}

export function tcpDestinationsOf(scope: Construct, action: TcpAction): Destination[] {
  return action._toTcpRoute(scope).map(({ destination }) => destination);
}

/**
 * What is wrong with destinations without a port: a gateway puts its own port in place of it, unless the service has only one.
 *
 * @param namespace that of the routes, which completes short hosts
 */
export function missingPorts(
  scope: Construct, namespace: string | undefined, subjects: readonly { readonly text: string; readonly destinations: readonly Destination[] }[],
): string[] {
  const portless = subjects.flatMap(({ text, destinations }) => destinations
    .filter(({ port }) => port === undefined)
    .map(({ host }) => ({ text, host })));
  if (portless.length === 0) {
    return [];
  }
  const ports = portsOfHosts(scope, namespace, new Set(portless.map(({ host }) => host)));
  const problems = portless.filter(({ host }) => ports.get(host)?.length !== 1).map(({ text, host }) => {
    const known = ports.get(host);
    return `${text} goes to ${describe(host)} without a port, for which a gateway takes its own port unless the service has only one`
      + `${known === undefined ? '' : `, but it has ${known.length === 0 ? 'none' : known.join(', ')}`}: give the port, with withPort() or where the handle is made`;
  });
  return [...new Set(problems)];
}

/** The ports of those hosts that services and entries of this program define. */
function portsOfHosts(scope: Construct, namespace: string | undefined, hosts: ReadonlySet<string>): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const domain = MeshSettings.of(scope).clusterDomain;
  for (const object of scope.node.root.node.findAll()) {
    if (!ApiObject.isApiObject(object)) {
      continue;
    }
    if (object.kind === 'Service' && object.apiVersion === 'v1') {
      const own = object.metadata.namespace;
      for (const name of [own === namespace ? object.name : undefined, own === undefined ? undefined : `${object.name}.${own}.svc.${domain}`]) {
        if (name !== undefined && hosts.has(name)) {
          found.set(name, portsOf(object));
        }
      }
    } else if (object.kind === 'ServiceEntry' && object.apiGroup === 'networking.istio.io') {
      for (const host of object.toJson().spec?.hosts ?? []) {
        if (hosts.has(host)) {
          found.set(host, portsOf(object));
        }
      }
    }
  }
  return found;
}

function portsOf(object: ApiObject): number[] {
  const ports: { number?: number; port?: number }[] = object.toJson().spec?.ports ?? [];
  return ports.map(({ number, port }) => number ?? port!);
}
