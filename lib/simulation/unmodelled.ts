import type { MeshModel } from '../mesh/model';

interface UnmodelledKind {
  readonly group: string;
  readonly kind: string;
  readonly says: string;
}

/** What decides about traffic too, and is not simulated. */
const KINDS: readonly UnmodelledKind[] = [
  { group: 'networking.istio.io', kind: 'EnvoyFilter', says: 'may change listeners, routes and clusters' },
  { group: 'networking.istio.io', kind: 'ProxyConfig', says: 'may change how proxies are set up' },
  { group: 'security.istio.io', kind: 'AuthorizationPolicy', says: 'may refuse the request with status 403' },
  { group: 'security.istio.io', kind: 'RequestAuthentication', says: 'may refuse the request with status 401, and gives claims to routes, which no request has here' },
  { group: 'security.istio.io', kind: 'PeerAuthentication', says: 'may refuse connections in plain text at the destination' },
  { group: 'extensions.istio.io', kind: 'WasmPlugin', says: 'may change or answer the request' },
  { group: 'extensions.istio.io', kind: 'TrafficExtension', says: 'may change or answer the request' },
  { group: 'gateway.networking.k8s.io', kind: 'Gateway', says: 'opens ports of its own' },
  { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', says: 'may route the request' },
  { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', says: 'may route the request' },
  { group: 'gateway.networking.k8s.io', kind: 'TLSRoute', says: 'may route the connection' },
  { group: 'gateway.networking.k8s.io', kind: 'TCPRoute', says: 'may route the connection' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy', says: 'may drop connections' },
];

const SHOWN = 3;

/** One note for each kind of object that is there and not simulated. */
export function unmodelledNotes({ resources }: MeshModel): readonly string[] {
  return KINDS.flatMap(({ group, kind, says }) => {
    const found = resources.ofKind(group, kind);
    if (found.length === 0) {
      return [];
    }
    const names = found.slice(0, SHOWN).map(({ key }) => key).join(', ');
    const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : '';
    return [`not simulated: ${kind} ${names}${more}, which ${says}`];
  });
}
