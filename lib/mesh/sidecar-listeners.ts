import { mergeChains } from './filter-chains';
import { FilterChain, Listener, onlyDestination } from './listeners';
import type { TextMap } from './manifest';
import { isHttp, Protocol } from './protocols';
import { destinationCluster } from './routes';
import { UNSPECIFIED } from './service-addresses';
import type { MeshService } from './services';
import { sidecarForwardChains } from './sidecar-forwards';
import type { EgressListener, ServicePort, SidecarScope } from './sidecar-scope';
import { isAddress } from '../private/addresses';

/** What the listeners of a sidecar are made from. */
export interface SidecarListenerView {
  readonly scope: SidecarScope;
  readonly labels: TextMap;
  readonly serviceOf: (host: string) => MeshService | undefined;

  /** The addresses of the endpoints of a service on a port. */
  readonly endpointAddresses: (service: MeshService, port: number) => readonly string[];
  readonly clusterDomain: string;
}

/** The kind of a listener: http and connections share one when both come to its address. */
type ListenerKind = 'http' | 'tcp' | 'mixed';

interface ListenerEntry {
  readonly address: string;
  readonly port: number;
  kind: ListenerKind;
  protocol: Protocol;
  chains: readonly FilterChain[];
}

/** Ports on which sidecars listen themselves. */
const OWN_PORTS: ReadonlySet<number> = new Set([15001, 15006, 15021, 15090]);

/** The listeners of a sidecar on a port: one for all addresses, and one for each address that has connections of its own. */
export function buildSidecarListeners(port: number, view: SidecarListenerView): readonly Listener[] {
  const entries = new Map<string, ListenerEntry>();
  for (const egress of view.scope.egress) {
    if (egress.port !== undefined && egress.port.number !== port) {
      continue;
    }
    // what a Sidecar says of a port of its own is not added to by the listener for all other ports
    const locked = new Set(egress.port === undefined ? entries.keys() : []);
    for (const servicePort of egress.port === undefined ? egress.servicesOn(port) : ownPort(egress)) {
      for (const address of addressesOf(servicePort, egress, view)) {
        addListener(servicePort, address, egress, view, entries, locked);
      }
    }
  }
  return [...entries.values()].map(entry => finish(entry, view));
}

/** The services of an egress listener with a port of its own, each with that port. */
function ownPort(egress: EgressListener): readonly ServicePort[] {
  const { number, protocol } = egress.port!;
  return egress.services.map(service => ({ service, port: { name: egress.spec.port?.name ?? '', number, protocol, transport: 'TCP' } }));
}

/** What a service is listened for at: `undefined` stands for its own address. */
function addressesOf({ service, port }: ServicePort, egress: EgressListener, view: SidecarListenerView): readonly (string | undefined)[] {
  const bind = egress.spec.bind || (egress.spec.captureMode === 'NONE' ? '127.0.0.1' : undefined);
  if (bind !== undefined) {
    return [bind];
  }
  if (service.resolution !== 'PASSTHROUGH' || service.address !== UNSPECIFIED || isHttp(port.protocol) || egress.port !== undefined) {
    return [undefined];
  }
  const endpoints = view.endpointAddresses(service, port.number);
  const hasNone = !service.isKubernetes && endpoints.length === 0 && Object.keys(service.selector).length === 0;
  return hasNone ? [undefined] : endpoints.filter(isAddress);
}

function addListener(
  servicePort: ServicePort, bind: string | undefined, egress: EgressListener, view: SidecarListenerView,
  entries: Map<string, ListenerEntry>, locked: ReadonlySet<string>,
): void {
  const { service, port } = servicePort;
  const kind = kindOf(port.protocol);
  const isTaken = isHttp(port.protocol) && (bind === undefined || bind === UNSPECIFIED) && OWN_PORTS.has(port.number);
  if (service.resolution === 'ALIAS' || kind === undefined || isTaken) {
    return;
  }
  const range = bind === undefined && kind !== 'http' && service.address.includes('/') ? service.address : undefined;
  const address = bind ?? (kind === 'http' || range !== undefined ? UNSPECIFIED : service.address);
  const key = `${address}_${port.number}`;
  const current = entries.get(key);
  if (locked.has(key) || (current !== undefined && (current.kind === 'mixed' || current.kind === kind) && kind !== 'tcp')) {
    return;
  }
  if (current !== undefined && serverSpeaksFirst(port.protocol, current.protocol)) {
    return;
  }
  const forwards = kind === 'http' ? [] : sidecarForwardChains(servicePort, address, range, egress, view);
  const isShared = address === UNSPECIFIED;
  const http: FilterChain[] = kind === 'tcp' ? [] : [{
    plainHttp: kind === 'mixed' || isShared,
    endsTls: false,
    routeTable: kind === 'mixed' && !isShared ? `${service.hostname}:${port.number}` : String(port.number),
  }];
  const chains = [...forwards, ...http];
  if (current === undefined || (kind === 'mixed' && current.kind === 'http')) {
    entries.set(key, { address, port: port.number, kind: kind === 'http' && isShared ? 'mixed' : kind, protocol: port.protocol, chains });
  } else {
    current.chains = mergeChains(current.chains, chains);
    current.kind = kind === 'tcp' && current.kind !== 'http' ? current.kind : 'mixed';
  }
}

function kindOf(protocol: Protocol): ListenerKind | undefined {
  if (protocol === 'UDP') {
    return undefined;
  }
  return isHttp(protocol) ? 'http' : protocol === 'unnamed' ? 'mixed' : 'tcp';
}

/** Protocols whose server speaks first share a port with nothing else: nobody could tell what is spoken. */
function serverSpeaksFirst(incoming: Protocol, existing: Protocol): boolean {
  const isFirst = (protocol: Protocol): boolean => protocol === 'Mongo' || protocol === 'MySQL';
  return incoming !== existing && (isFirst(incoming) || isFirst(existing));
}

function finish({ address, port, chains }: ListenerEntry, view: SidecarListenerView): Listener {
  const last = chains.filter(matchesAll).pop();
  return {
    name: `${address}_${port}`,
    address,
    port,
    chains: chains.filter(chain => !matchesAll(chain)),
    defaultChain: last ?? outboundChain(view.scope),
  };
}

function matchesAll({ sniHosts, addresses, alpn, plainHttp }: FilterChain): boolean {
  return sniHosts === undefined && addresses === undefined && alpn === undefined && !plainHttp;
}

/** Where connections go that no listener of a sidecar knows. */
export function outboundChain(scope: SidecarScope): FilterChain {
  return { plainHttp: false, endsTls: false, forward: { destinations: onlyDestination(outboundPolicyCluster(scope)) } };
}

export function outboundPolicyCluster({ outboundPolicy, egressProxy }: SidecarScope): string {
  if (outboundPolicy === 'REGISTRY_ONLY') {
    return 'BlackHoleCluster';
  }
  return egressProxy === undefined ? 'PassthroughCluster' : destinationCluster(egressProxy, undefined, 0);
}
