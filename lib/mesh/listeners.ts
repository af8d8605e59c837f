import type { BoundServer } from './gateway-servers';
import type { RouteDestination } from './routes';
import type { MeshService } from './services';
import type { L4Destination } from './specs';
import type { VirtualService } from './virtual-service';

/** Where a connection is sent that no http routes are applied to. */
export interface Forward {
  /** Where it can go, as on an http route. */
  readonly destinations: readonly RouteDestination[];

  /** The rule that decided; absent where no VirtualService did. */
  readonly rule?: {
    readonly virtualService: VirtualService;
    readonly section: 'tls' | 'tcp';
    readonly index: number;

    /** The position in the matches of the rule; absent where it has none, or where several matches share the chain. */
    readonly matchIndex?: number;
  };

  /** The service that the connection is for, where no VirtualService decided. */
  readonly service?: MeshService;
}

/** One of the ways that a listener treats connections, with what a connection must be like. */
export interface FilterChain {
  /** The names of the server of a TLS connection: exact, or `*.` and a suffix. Absent: any name, or none, or no TLS. */
  readonly sniHosts?: readonly string[];

  /** The addresses that the client called, as addresses or ranges. Absent: any. */
  readonly addresses?: readonly string[];

  /** What a TLS connection must offer by ALPN, one of these. Absent: anything. */
  readonly alpn?: readonly string[];

  /** Whether only http in clear is meant. */
  readonly plainHttp: boolean;

  /** Whether the listener ends TLS on this chain. */
  readonly endsTls: boolean;

  /** The route table that requests are looked up in. */
  readonly routeTable?: string;

  /** Where connections go that are not looked into. */
  readonly forward?: Forward;

  /** The server of a Gateway that the chain is for. */
  readonly server?: BoundServer;
}

/** What a proxy listens on. */
export interface Listener {
  /** As Envoy knows it: the address and the port. */
  readonly name: string;

  /** An address, `0.0.0.0` for all, or `vip:` and whose address it is where the manifests do not know it. */
  readonly address: string;
  readonly port: number;

  /** A connection takes the chain whose conditions on address, name, protocol it meets best, as Envoy orders them. */
  readonly chains: readonly FilterChain[];

  /** The chain of connections that meet no conditions; absent where they are closed. */
  readonly defaultChain?: FilterChain;
}

/** The destinations of a tls or tcp route. */
export function forwardDestinations(route: readonly L4Destination[], clusterOf: (item: L4Destination) => string): readonly RouteDestination[] {
  const all = route.map((spec, index) => ({ cluster: clusterOf(spec), weight: spec.weight ?? 0, spec, index }));
  return all.length === 1 ? [{ ...all[0], weight: 1 }] : all.filter(destination => destination.weight > 0);
}

export function onlyDestination(cluster: string): readonly RouteDestination[] {
  return [{ cluster, weight: 1, index: 0 }];
}
