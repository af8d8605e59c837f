import { fullName } from './client-address';
import { connectionOf, Decision } from './decision';
import { nameOf, objectOf } from './route-facts';
import type { TrafficStep } from './traffic-facts';
import { isHostWithin, MESH_GATEWAY } from '../mesh/names';
import type { VirtualService } from '../mesh/virtual-service';

/** Why VirtualServices with the host of a request have no say in it. */
export function otherVirtualServices(decision: Decision, involved: readonly VirtualService[]): TrafficStep[] {
  const { world: { model }, arrival, via } = decision;
  if (arrival.http === undefined) {
    return [];
  }
  const authority = arrival.http.authority.replace(/:\d+$/, '').toLowerCase();
  const names = via.gateway === undefined ? [authority, fullName(model, authority, via.namespace)] : [authority];
  return model.virtualServices.all
    .filter(item => !involved.includes(item) && item.hosts.some(host => names.some(name => isHostWithin(name, host.toLowerCase()))))
    .map(item => {
      const resource = objectOf(item.resource);
      return { text: `${nameOf(resource)} has the host, but ${reasonOf(decision, item, involved)}`, isDecisive: false, resource };
    });
}

function reasonOf({ via, arrival }: Decision, virtualService: VirtualService, involved: readonly VirtualService[]): string {
  const { gateways, exportTo, http } = virtualService;
  const bound = via.gateway === undefined ? [MESH_GATEWAY] : via.gateway.gateways.map(({ key }) => key);
  const own = gateways.filter(gateway => bound.includes(gateway));
  if (own.length === 0) {
    return via.gateway === undefined
      ? `is bound to ${gateways.join(', ')} and not to the sidecars of the mesh`
      : `is bound to ${gateways.join(', ')} and not to ${bound.join(', ')}`;
  }
  if (!exportTo.has('*') && !exportTo.has(via.namespace)) {
    return `is exported to ${[...exportTo].join(', ')} and not to namespace ${via.namespace}`;
  }
  if (http.length === 0) {
    return 'has no http routes';
  }
  if (via.gateway !== undefined) {
    return 'no server of the gateway on this port is for its host';
  }
  const isForClient = via.proxy.excludedMatches(virtualService, arrival.port).filter(({ reason }) => reason !== 'after-catch-all').length
    < http.reduce((sum, { matches }) => sum + Math.max(matches.length, 1), 0);
  if (!isForClient) {
    return 'none of its routes is for this client and port';
  }
  return involved.length > 0
    ? `${involved.map(({ key }) => key).join(', ')} comes first, and sidecars take one virtual service for a host`
    : `the client has no service with the host on port ${connectionOf(via, arrival).port}, or the proxy does not import it`;
}
