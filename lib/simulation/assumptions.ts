import type { ManifestSource } from '../mesh/manifest';
import type { MeshModel } from '../mesh/model';
import { MESH_GATEWAY } from '../mesh/names';
import type { Destination } from '../mesh/specs';
import type { VirtualService } from '../mesh/virtual-service';

/** What is taken to exist elsewhere because some manifest refers to it and none defines it. */
export interface Assumption {
  /** Such as `Service shop/reviews with port 80`. */
  readonly text: string;

  /** The host that it stands for; absent for a Gateway. */
  readonly host?: string;

  /** `namespace/name` of a Gateway. */
  readonly gateway?: string;
  readonly manifest: object;
}

type Protocol = 'http' | 'tls' | 'tcp';

/** What manifests say of a host that none of them defines. */
interface WantedHost {
  readonly ports: Map<number, Protocol>;
  readonly protocol: Protocol;
}

/** The port that a client asks for, which a service that nobody describes is taken to have. */
export interface AskedPort {
  readonly port: number;

  /** The full name of the host, where the client asks for one that is only assumed. */
  readonly host?: string;
}

/**
 * All that manifests refer to and do not define, as manifests.
 *
 * @param knownHosts names that are no Kubernetes Services and that the mesh knows all the same
 */
export function assumptionsFor(mesh: MeshModel, knownHosts: readonly string[], asked: AskedPort): readonly Assumption[] {
  const wanted = new WantedHosts(mesh, new Set(knownHosts));
  knownHosts.forEach(host => wanted.of(host, 'http'));
  mesh.virtualServices.all.forEach(virtualService => wanted.addVirtualService(virtualService));
  for (const rule of mesh.resources.destinationRules) {
    const host = mesh.destinationRules.hostOf(rule);
    if (wanted.nameOf(host) !== undefined) {
      const found = wanted.of(host, 'http');
      rule.spec.trafficPolicy?.portLevelSettings?.forEach(({ port }) => port?.number && found?.ports.set(port.number, 'http'));
    }
  }
  return [
    ...[...wanted.hosts].flatMap(([host, item]) => wanted.assume(host, item, asked)),
    ...assumedSubsets(mesh, wanted),
    ...assumedGateways(mesh),
  ];
}

class WantedHosts {
  public readonly hosts = new Map<string, WantedHost>();

  /** Also those that are defined, for the subsets that routes send to. */
  public readonly subsets = new Map<string, Set<string>>();

  constructor(private readonly mesh: MeshModel, private readonly knownHosts: ReadonlySet<string>) {
  }

  /** The name and namespace of a Kubernetes Service, where a host is one. */
  public nameOf(host: string): { readonly name: string; readonly namespace: string } | undefined {
    const suffix = `.svc.${this.mesh.config.clusterDomain}`;
    const parts = host.endsWith(suffix) ? host.slice(0, -suffix.length).split('.') : [];
    return parts.length === 2 && !host.startsWith('*') ? { name: parts[0], namespace: parts[1] } : undefined;
  }

  /** What is wanted of a host, or undefined where a manifest defines it. */
  public of(host: string, protocol: Protocol): WantedHost | undefined {
    const known = this.hosts.get(host);
    if (known !== undefined) {
      return known;
    }
    const { services } = this.mesh;
    const mayExist = this.nameOf(host) !== undefined || this.knownHosts.has(host);
    if (!mayExist || services.ofHost(host).length > 0 || services.covering(host).length > 0) {
      return undefined;
    }
    const made = { ports: new Map<number, Protocol>(), protocol };
    this.hosts.set(host, made);
    return made;
  }

  public addVirtualService(virtualService: VirtualService): void {
    for (const { spec } of virtualService.http) {
      const targets = [...spec.route ?? [], ...spec.mirrors ?? [], { destination: spec.mirror }];
      targets.forEach(({ destination }) => this.addDestination(destination, 'http'));
    }
    for (const { match, route } of virtualService.tls) {
      route?.forEach(({ destination }) => this.addDestination(destination, match?.length ? 'tls' : 'tcp'));
    }
    for (const { route } of virtualService.tcp) {
      route?.forEach(({ destination }) => this.addDestination(destination, 'tcp'));
    }
    if (virtualService.gateways.includes(MESH_GATEWAY)) {
      this.addOwnHosts(virtualService);
    }
  }

  public assume(host: string, { ports, protocol }: WantedHost, asked: AskedPort): Assumption[] {
    const all = new Map(ports);
    if (all.size === 0 || asked.host === host) {
      all.set(asked.port, all.get(asked.port) ?? protocol);
    }
    const numbers = [...all.keys()].sort((a, b) => a - b);
    const name = this.nameOf(host);
    const named = numbers.map(number => ({ name: `${all.get(number)}-${number}`, number, protocol: all.get(number)!.toUpperCase() }));
    const portText = `port${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`;
    return [name === undefined ? {
      host,
      text: `ServiceEntry for ${host} with ${portText}`,
      manifest: {
        apiVersion: 'networking.istio.io/v1',
        kind: 'ServiceEntry',
        metadata: { name: `assumed-${host}`, namespace: this.mesh.config.rootNamespace },
        spec: { hosts: [host], ports: named, resolution: 'DNS' },
      },
    } : {
      host,
      text: `Service ${name.namespace}/${name.name} with ${portText}`,
      manifest: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: name,
        spec: { ports: named.map(port => ({ name: port.name, port: port.number })) },
      },
    }];
  }

  private addDestination(destination: Destination | undefined, protocol: Protocol): void {
    const host = destination?.host ?? '';
    const wanted = this.of(host, protocol);
    if (destination?.port?.number) {
      wanted?.ports.set(destination.port.number, protocol);
    }
    if (destination?.subset) {
      const subsets = this.subsets.get(host) ?? new Set();
      this.subsets.set(host, subsets.add(destination.subset));
    }
  }

  /** A host that sidecars route is a service somewhere; other names are known to gateways alone. */
  private addOwnHosts({ hosts, http, tls, tcp }: VirtualService): void {
    const protocol = http.length > 0 ? 'http' : tls.length > 0 ? 'tls' : 'tcp';
    for (const host of hosts.filter(item => this.nameOf(item) !== undefined)) {
      const wanted = this.of(host, protocol);
      http.forEach(rule => rule.matches.forEach(match => match.port && wanted?.ports.set(match.port, 'http')));
      tls.forEach(rule => rule.match?.forEach(match => match.port && wanted?.ports.set(match.port, 'tls')));
      tcp.forEach(rule => rule.match?.forEach(match => match.port && wanted?.ports.set(match.port, 'tcp')));
    }
  }
}

/** The subsets of hosts that no rule is written for: a rule that is there and lacks the subset contradicts the route. */
function assumedSubsets(mesh: MeshModel, wanted: WantedHosts): Assumption[] {
  return [...wanted.subsets].filter(([host]) => mesh.destinationRules.covering(host).length === 0).map(([host, names]) => ({
    host,
    text: `DestinationRule for ${host} with subset${names.size === 1 ? '' : 's'} ${[...names].join(', ')}`,
    manifest: {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: `assumed-${host}`, namespace: mesh.services.ofHost(host)[0]?.namespace ?? wanted.nameOf(host)?.namespace ?? mesh.config.rootNamespace },
      spec: { host, subsets: [...names].map(name => ({ name, labels: {} })) },
    },
  }));
}

/** The Gateways that VirtualServices name. Each has proxies of its own. */
function assumedGateways(mesh: MeshModel): Assumption[] {
  const known = new Set(mesh.resources.gateways.map(gateway => gateway.key));
  const wanted = new Map<string, VirtualService[]>();
  for (const virtualService of mesh.virtualServices.all) {
    for (const gateway of new Set(virtualService.gateways)) {
      if (gateway !== MESH_GATEWAY && !known.has(gateway)) {
        wanted.set(gateway, [...wanted.get(gateway) ?? [], virtualService]);
      }
    }
  }
  return [...wanted].map(([gateway, virtualServices]) => assumedGateway(gateway, virtualServices));
}

function assumedGateway(gateway: string, virtualServices: readonly VirtualService[]): Assumption {
  const [namespace, name] = gateway.split('/');
  const isFor = (match: { readonly gateways?: readonly string[] }) => !match.gateways?.length || match.gateways.includes(gateway);
  const matchPorts = (section: 'http' | 'tls' | 'tcp') => virtualServices.flatMap(item => section === 'http'
    ? item.http.flatMap(rule => rule.matches.flatMap(match => match.port && isFor(match) ? match.port : []))
    : item[section].flatMap(rule => (rule.match ?? []).flatMap(match => match.port && isFor(match) ? match.port : [])));
  const passes = virtualServices.some(({ tls }) => tls.length > 0);
  const tcpPorts = new Set(matchPorts('tcp'));
  const tlsPorts = new Set(passes ? [443, ...matchPorts('tls')] : []);
  const httpPorts = new Set([80, ...matchPorts('http')].filter(port => port !== 443 && !tcpPorts.has(port) && !tlsPorts.has(port)));
  const server = (number: number, protocol: string, tls?: object) => ({ hosts: ['*/*'], port: { name: `${protocol.toLowerCase()}-${number}`, number, protocol }, tls });
  return {
    gateway,
    text: `Gateway ${gateway} with ports ${[...new Set([...httpPorts, 443, ...tcpPorts, ...tlsPorts])].sort((a, b) => a - b).join(', ')} for all hosts`,
    manifest: {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name, namespace },
      spec: {
        selector: { 'assumed-gateway': `${namespace}.${name}` },
        servers: [
          ...[...httpPorts].map(port => server(port, 'HTTP')),
          ...passes ? [...tlsPorts].map(port => server(port, 'TLS', { mode: 'PASSTHROUGH' })) : [server(443, 'HTTPS', { mode: 'SIMPLE', credentialName: 'assumed' })],
          ...[...tcpPorts].filter(port => !tlsPorts.has(port)).map(port => server(port, 'TCP')),
        ],
      },
    },
  };
}

/** The assumptions as sources of a mesh. */
export function sourcesOf(assumptions: readonly Assumption[]): readonly ManifestSource[] {
  return assumptions.map(({ manifest }) => ({ manifest }));
}
