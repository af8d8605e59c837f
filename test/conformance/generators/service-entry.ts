import type { Manifest } from './from-schema';
import { address, addressOrRange, apiVersion, exportTo, host, hostOrWildcard, label, labels, metadata, port, protocol, someOf, unixPath } from './istio-values';
import { compact, NearlyRight } from './nearly-right';
import type { Random } from './random';

const RESOLUTIONS = ['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'];

/** A ServiceEntry that Istio mostly accepts. */
export function randomServiceEntry(random: Random): Manifest {
  const make = new NearlyRight(random);
  const resolution = make.pick(RESOLUTIONS);
  const isDns = resolution.startsWith('DNS');
  const isDynamic = resolution === 'DYNAMIC_DNS';
  const ports = make.list(1, 2, () => servicePort(make, resolution));
  const mostEndpoints = resolution === 'DNS_ROUND_ROBIN' && !make.isOdd() && make.chance(0.95) ? 1 : 2;
  const anAddress = () => isDns && !make.isOdd() ? address(make) : addressOrRange(make);
  const anEndpoint = () => make.chance(0.2) ? make.focus(() => endpoint(make, isDns, ports)) : endpoint(make, isDns, ports);
  const hasEndpoints = resolution === 'NONE' || isDynamic ? make.isOdd() : make.chance(0.5);
  const hasSelector = make.chance(hasEndpoints ? 0.02 : 0.15);
  return compact({
    apiVersion: apiVersion(make),
    kind: 'ServiceEntry',
    metadata: metadata(make) as Manifest['metadata'],
    spec: {
      hosts: make.list(1, make.chance(0.3) ? 2 : 1, () => entryHost(make, resolution)),
      addresses: make.maybe(isDynamic && !make.isOdd() ? 0 : 0.4, () => make.list(1, 2, anAddress)),
      ports: make.isOdd() ? undefined : ports,
      location: make.maybe(0.6, () => make.one(['MESH_EXTERNAL', 'MESH_INTERNAL'], [0, 1, 5, 5, 'mesh_external', null])),
      resolution: make.one<unknown, unknown>([resolution === 'NONE' && make.chance(0.5) ? undefined : resolution], [RESOLUTIONS.indexOf(resolution), 9, -1, 'dns', '', null, '2']),
      endpoints: hasEndpoints ? make.list(1, mostEndpoints, anEndpoint) : make.isOdd() ? [] : undefined,
      workloadSelector: hasSelector ? make.one<unknown, unknown>([{ labels: { a: 'b' } }, { labels: labels(make) }], [{}, { labels: { '': 'a' } }, { labels: { 'a*': 'a' } }, null]) : undefined,
      exportTo: exportTo(make),
      subjectAltNames: make.maybe(0.1, () => ['a']),
    },
  });
}

function entryHost(make: NearlyRight, resolution: string): string {
  if (resolution === 'DYNAMIC_DNS') {
    return make.one(['*.example.com', '*.a.b', '*a.com'], [hostOrWildcard(make), 'a.b', '*']);
  }
  return make.one([host(make), ...resolution === 'NONE' || resolution === 'STATIC' ? ['*.example.com'] : []], [hostOrWildcard(make), '*a.com', '*']);
}

function servicePort(make: NearlyRight, resolution: string): unknown {
  const isDynamic = resolution === 'DYNAMIC_DNS' && !make.isOdd();
  const number = make.integer(1, 99);
  return {
    number: make.one<unknown, unknown>([number], [port(make)]),
    name: make.one([`p${number}`], [label(make), undefined, 'p']),
    protocol: isDynamic ? make.one(['HTTP', 'TLS', 'GRPC', 'http2'], [protocol(make)]) : make.one<unknown, unknown>(['HTTP', 'HTTPS', 'TLS', protocol(make)], ['', undefined, 'TCP', 'tcp']),
    targetPort: make.maybe(0.15, () => make.one([0, 8080], [port(make)])),
  };
}

function endpoint(make: NearlyRight, isDns: boolean, ports: readonly unknown[]): unknown {
  const names = ports.map(each => (each as { name?: string } | null)?.name ?? '');
  return make.one<() => unknown, () => unknown>([() => ({
    address: isDns ? make.one([host(make), '10.0.0.1'], [address(make), unixPath(make), undefined, '']) : make.one([address(make)], [host(make), unixPath(make), undefined, '']),
    ...someOf(make, {
      ports: () => make.map(0, 2, () => make.one(names.length > 0 ? names : ['p'], ['x', '', 'a_b']), () => port(make)),
      labels: () => labels(make),
      network: () => make.one(['n'], ['']),
      locality: () => 'us/a',
      weight: () => make.one([1, 0], [-1]),
      serviceAccount: () => 'a',
    }, 0.25),
  }), () => make.chance(0.1) ? { address: unixPath(make) } : { address: isDns ? 'a.b' : '10.0.0.1' }], [() => null, () => ({}), () => ({ network: 'n' }), () => ({ network: 'n', ports: {} })])();
}
