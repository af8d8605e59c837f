import { destination, httpAction, Reach } from './actions';
import { httpMatch } from './matches';
import { GATEWAY_HOSTS, LABELS, maybe, MeshObject, meshObject, NAMESPACES, NETWORKING, Placed, some, subset } from './words';
import type { Random } from '../random';

/** What there is to be routed: the names of services, and gateways. */
export interface Routable {
  readonly services: readonly MeshObject[];
  readonly entries: readonly MeshObject[];
  readonly gateways: readonly MeshObject[];
}

export function randomVirtualServices(random: Random, routable: Routable): MeshObject[] {
  const names = serviceNames(routable);
  const delegates = some(random, 0, 2, index => ({ name: `delegate-${index}`, namespace: random.pick(NAMESPACES) }));
  const reach = { hosts: [...names, ...names, 'unknown.org'], ports: [80, 80, 8080, 443, 9000], delegates };
  return [
    ...some(random, 1, 5, index => root(random, routable, names, { name: `vs-${index}`, namespace: random.pick(NAMESPACES) }, reach)),
    ...delegates.map(place => meshObject(random, NETWORKING, 'VirtualService', place, {
      http: some(random, 1, 2, index => httpRoute(random, ['mesh'], reach, true, index)),
      exportTo: maybe(random, 0.1, () => ['.']),
    })),
  ];
}

/** The names by which VirtualServices may call services: short ones mean those of their own namespace. */
function serviceNames({ services, entries }: Routable): string[] {
  const ofServices = services.flatMap(({ metadata: { name, namespace } }) =>
    [name, `${name}.${namespace}.svc.cluster.local`, `${name}.${namespace}.svc.cluster.local`]);
  return [...ofServices, ...entries.flatMap(({ spec }) => spec.hosts as string[])];
}

function root(random: Random, { services, gateways }: Routable, names: readonly string[], place: Placed, reach: Reach): MeshObject {
  const isForMesh = random.chance(0.5);
  const bound = isForMesh ? [] : gateways.filter((_, index) => index === 0 || random.chance(0.5));
  const gatewayNames = bound.map(({ metadata }) => metadata.namespace === place.namespace && random.chance(0.5) ? metadata.name : `${metadata.namespace}/${metadata.name}`);
  const withMesh = isForMesh || random.chance(0.15);
  const bindings = [...gatewayNames, ...withMesh ? ['mesh'] : []];
  const meshHosts = [...names, ...services.map(({ metadata }) => `${metadata.name}.${metadata.namespace}`), '*.default.svc.cluster.local', 'unknown.org', '*.org'];
  const pool = isForMesh ? meshHosts : GATEWAY_HOSTS.filter(host => !withMesh || host !== '*');
  const hosts = [...new Set(some(random, 1, random.chance(0.3) ? 2 : 1, () => random.pick(pool)))];
  const kinds = random.pick([['http'], ['http'], ['http'], ['http'], ['tls'], ['tcp'], ['http', 'tls'], ['http', 'tcp'], ['tls', 'tcp']]);
  const section = <T>(kind: string, make: () => T): T | undefined => kinds.includes(kind) ? make() : undefined;
  return meshObject(random, NETWORKING, 'VirtualService', place, {
    hosts,
    gateways: isForMesh && random.chance(0.8) ? undefined : bindings,
    http: section('http', () => some(random, 1, 4, index => httpRoute(random, bindings, reach, false, index))),
    tls: section('tls', () => some(random, 1, 2, () => ({
      match: some(random, 1, 2, () => ({ sniHosts: sniHosts(random, hosts), ...l4Match(random, bindings) })),
      route: forwards(random, reach),
    }))),
    tcp: section('tcp', () => some(random, 1, 2, () => ({
      match: maybe(random, 0.6, () => [{ ...l4Match(random, bindings), destinationSubnets: maybe(random, 0.2, () => [random.pick(['10.0.0.0/24', '240.0.0.0/8', '10.0.0.1'])]) }]),
      route: forwards(random, reach),
    }))),
    exportTo: maybe(random, 0.15, () => random.pick([['.'], ['*'], ['shop'], ['default', 'shop'], ['istio-system']])),
  });
}

function httpRoute(random: Random, gateways: readonly string[], reach: Reach, isDelegate: boolean, index: number): object {
  return {
    name: maybe(random, 0.75, () => `r${index}`),
    match: maybe(random, 0.8, () => some(random, 1, random.chance(0.3) ? 2 : 1, () => httpMatch(random, gateways))),
    ...httpAction(random, reach, isDelegate),
  };
}

function sniHosts(random: Random, hosts: readonly string[]): string[] {
  return [...new Set(some(random, 1, 2, () => {
    const host = random.pick(hosts);
    return host.startsWith('*') && random.chance(0.6) ? (host === '*' ? 'a.com' : `n${host.slice(1)}`) : host;
  }))];
}

function l4Match(random: Random, gateways: readonly string[]): object {
  return {
    port: maybe(random, 0.2, () => random.pick([443, 9000, 9100])),
    sourceLabels: maybe(random, 0.08, () => random.pick(LABELS)),
    gateways: maybe(random, 0.06, () => [random.pick(gateways)]),
  };
}

function forwards(random: Random, reach: Reach): object[] {
  const several = random.chance(0.3);
  return some(random, several ? 2 : 1, several ? 3 : 1, index => ({
    destination: destination(random, reach),
    weight: several ? index === 0 ? random.integer(1, 80) : random.pick([0, 20, 33]) : undefined,
  }));
}

/** Sidecars limit what clients know. */
export function randomSidecars(random: Random): MeshObject[] {
  return random.chance(0.8) ? [] : some(random, 1, 2, index => meshObject(random, NETWORKING, 'Sidecar', {
    name: `sidecar-${index}`,
    namespace: random.pick([...NAMESPACES, 'istio-system']),
  }, {
    workloadSelector: maybe(random, 0.3, () => ({ labels: random.pick(LABELS) })),
    egress: [{ hosts: orAll(subset(random, ['./*', 'shop/*', '*/a.default.svc.cluster.local', 'default/*', '*/ext.org', 'istio-system/*', '~/*'], 0.35)) }],
    outboundTrafficPolicy: maybe(random, 0.3, () => ({ mode: random.pick(['REGISTRY_ONLY', 'ALLOW_ANY']) })),
  }));
}

function orAll(hosts: readonly string[]): readonly string[] {
  return hosts.length === 0 ? ['*/*'] : hosts.includes('~/*') ? ['~/*'] : hosts;
}
