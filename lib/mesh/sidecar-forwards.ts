import { isSelected } from './labels';
import { FilterChain, forwardDestinations, onlyDestination } from './listeners';
import { isWildcard, MESH_GATEWAY, outboundCluster } from './names';
import { isTls } from './protocols';
import { destinationCluster } from './routes';
import { UNSPECIFIED } from './service-addresses';
import type { MeshService } from './services';
import { alternativesOf } from './sidecar-domains';
import type { SidecarListenerView } from './sidecar-listeners';
import type { EgressListener, ServicePort } from './sidecar-scope';
import type { L4Destination, TcpMatch, TlsMatch } from './specs';

/** The chains for connections to a port of a service: what tls or tcp rules say, else the service itself. */
export function sidecarForwardChains(
  servicePort: ServicePort, address: string, range: string | undefined, egress: EgressListener, view: SidecarListenerView,
): FilterChain[] {
  return isTls(servicePort.port.protocol)
    ? tlsChains(servicePort, address, range, egress, view)
    : tcpChains(servicePort, range, egress, view);
}

function tlsChains(
  { service, port }: ServicePort, address: string, range: string | undefined, egress: EgressListener, view: SidecarListenerView,
): FilterChain[] {
  const chains: FilterChain[] = [];
  const handled = new Set<string>();
  let addresses = range === undefined ? undefined : [range];
  for (const virtualService of egress.l4VirtualServices.overlapping([service.hostname])) {
    virtualService.tls.forEach(({ match = [], route = [] }, index) => match.forEach((item, matchIndex) => {
      if (route.length === 0 || !isFor(item, port.number, view)) {
        return;
      }
      const { sniHosts = [], destinationSubnets = [] } = item;
      // the subnets of one match hold for the following ones too
      addresses = destinationSubnets.length > 0 ? [...destinationSubnets] : addresses;
      const key = `${sniHosts.join(',')}|${destinationSubnets.join(',')}`;
      if (!handled.has(key)) {
        handled.add(key);
        chains.push({
          ...chainFor(sniHosts, addresses),
          forward: { destinations: ruleDestinations(route, port.number, view), rule: { virtualService, section: 'tls', index, matchIndex } },
        });
      }
    }));
  }
  if (chains.length === 0) {
    const isNamed = range !== undefined || (service.address === UNSPECIFIED && address === UNSPECIFIED)
      || (isWildcard(service.hostname) && service.resolution === 'DYNAMIC_DNS');
    chains.push({ ...chainFor(isNamed ? namesOf(service, view) : [], addresses), forward: toService(service, port.number) });
  }
  return chains;
}

function tcpChains({ service, port }: ServicePort, range: string | undefined, egress: EgressListener, view: SidecarListenerView): FilterChain[] {
  const chains: FilterChain[] = [];
  const addresses = range === undefined ? undefined : [range];
  let isCovered = false;
  for (const virtualService of egress.l4VirtualServices.overlapping([service.hostname])) {
    for (const [index, { match = [], route = [] }] of virtualService.tcp.entries()) {
      if (route.length === 0) {
        continue;
      }
      const applying = match.filter(item => isFor(item, port.number, view));
      const last = match.length === 0 ? undefined : applying.find(item => (item.destinationSubnets ?? []).length === 0);
      const rule = { virtualService, section: 'tcp' as const, index };
      const destinations = ruleDestinations(route, port.number, view);
      if (match.length === 0 || last !== undefined) {
        const matchIndex = last === undefined ? undefined : match.indexOf(last);
        chains.push({ ...chainFor([], addresses), forward: { destinations, rule: { ...rule, matchIndex } } });
        return chains;
      }
      const subnets = applying.flatMap(item => item.destinationSubnets ?? []);
      if (subnets.length > 0) {
        chains.push({ ...chainFor([], subnets), forward: { destinations, rule } });
        isCovered ||= subnets.length === 1 && subnets[0] === range;
      }
    }
  }
  if (!isCovered) {
    chains.push({ ...chainFor([], addresses), forward: toService(service, port.number) });
  }
  return chains;
}

function chainFor(sniHosts: readonly string[], addresses: readonly string[] | undefined): FilterChain {
  return {
    sniHosts: sniHosts.length === 0 || sniHosts.includes('*') ? undefined : sniHosts,
    addresses,
    plainHttp: false,
    endsTls: false,
  };
}

function toService(service: MeshService, port: number): FilterChain['forward'] {
  const target = service.ports.length === 1 ? service.ports[0].number : port;
  return { destinations: onlyDestination(outboundCluster(target, undefined, service.hostname)), service };
}

function ruleDestinations(route: readonly L4Destination[], port: number, view: SidecarListenerView) {
  return forwardDestinations(route, ({ destination }) => destinationCluster(destination, view.serviceOf(destination?.host ?? ''), port));
}

/** Unlike on http matches, the conditions on gateways and source hold together. */
function isFor(match: TcpMatch | TlsMatch, port: number, view: SidecarListenerView): boolean {
  const { gateways = [] } = match;
  return (gateways.length === 0 || gateways.includes(MESH_GATEWAY))
    && isSelected(match.sourceLabels ?? {}, view.labels)
    && (!match.port || match.port === port)
    && (!match.sourceNamespace || match.sourceNamespace === view.scope.namespace);
}

/** The names by which a TLS client asks for a service: its host, and all names of those that stand for it. */
function namesOf(service: MeshService, view: SidecarListenerView): readonly string[] {
  return [service.hostname, ...service.aliases.flatMap(alias => [alias, ...alternativesOf(alias, view.scope.namespace, view.clusterDomain)])];
}
