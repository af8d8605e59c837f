import { proxyOf } from './client-proxy';
import { Arrival, decide } from './decision';
import { TrafficAnswer } from './traffic-answer';
import { TrafficClient } from './traffic-client';
import type { Worlds } from './world';
import type { FilterChain, Listener } from '../mesh/listeners';
import type { MeshModel } from '../mesh/model';
import { MESH_GATEWAY } from '../mesh/names';
import { UNSPECIFIED } from '../mesh/service-addresses';
import type { TcpMatch } from '../mesh/specs';
import type { VirtualService } from '../mesh/virtual-service';

/** A tls or tcp route. */
export interface ConnectionRoute {
  readonly virtualService: VirtualService;
  readonly section: 'tls' | 'tcp';
  readonly index: number;
}

/** A client, and the ports of which the route may have connections. */
interface Asker {
  readonly client: TrafficClient;
  readonly ports: readonly number[];
}

/** Stands for all namespaces in which the manifests have nothing. */
const ELSEWHERE = 'elsewhere';

/**
 * A connection that a route takes and for which the answer is as wanted. Every listener of every client that the route may concern is looked at.
 *
 * @returns `none` where no client has such a connection, `unknown` where that cannot be said
 */
export function findConnection(worlds: Worlds, route: ConnectionRoute, isWanted: (answer: TrafficAnswer) => boolean): TrafficAnswer | 'none' | 'unknown' {
  let isTaken = false;
  const world = worlds.forPort();
  for (const { client, ports } of askersOf(world.model, route)) {
    const { proxy, listenerPort } = proxyOf(world.model, client);
    for (const port of ports) {
      for (const listener of proxy.listenersOn(listenerPort(port))) {
        for (const chain of chainsFor(listener, route)) {
          isTaken = true;
          const answer = TrafficAnswer._of(decide(worlds, world, client, { port, ...connectionFor(listener, chain) }));
          if (isWanted(answer)) {
            return answer;
          }
        }
      }
    }
  }
  // a Sidecar for some workloads may leave clients a listener that the others lack
  const isComplete = worlds.given.resources.sidecars.every(({ spec }) => spec.workloadSelector === undefined);
  return isTaken || !isComplete ? 'unknown' : 'none';
}

function chainsFor({ chains, defaultChain }: Listener, { virtualService, section, index }: ConnectionRoute): readonly FilterChain[] {
  return [...chains, ...defaultChain === undefined ? [] : [defaultChain]].filter(({ forward }) => forward?.rule !== undefined
    && forward.rule.section === section && forward.rule.index === index && forward.rule.virtualService.resource.key === virtualService.resource.key);
}

/** What a connection is like that meets the conditions of a chain. */
function connectionFor(listener: Listener, { addresses, sniHosts, endsTls, alpn }: FilterChain): Omit<Arrival, 'port'> {
  const address = addresses?.[0].split('/')[0] ?? (listener.address === UNSPECIFIED ? undefined : listener.address);
  return { address, tls: endsTls || sniHosts !== undefined, sni: sniHosts?.[0].replace(/^\*/, 'any'), alpn };
}

function askersOf(model: MeshModel, { virtualService, section, index }: ConnectionRoute): readonly Asker[] {
  const { match = [] } = virtualService[section][index] as { readonly match?: readonly TcpMatch[] };
  const conditions: readonly TcpMatch[] = match.length === 0 ? [{}] : match;
  return conditions.flatMap(condition => {
    const gateways = condition.gateways?.length ? condition.gateways : virtualService.gateways;
    return gateways.flatMap(gateway => gateway === MESH_GATEWAY ? sidecars(model, virtualService, condition) : gatewayWorkloads(model, gateway));
  });
}

/** Those with no other labels than the condition asks for: further ones could only be for an earlier route. */
function sidecars(model: MeshModel, { namespace: own }: VirtualService, { sourceNamespace, sourceLabels, port }: TcpMatch): readonly Asker[] {
  const namespaces = sourceNamespace ? [sourceNamespace]
    : [...new Set([own, ...model.resources.all.map(({ namespace }) => namespace).filter(Boolean), ELSEWHERE])];
  const ports = port ? [port] : [...new Set(model.services.all.flatMap(service => service.ports.map(({ number }) => number)))];
  return namespaces.map(namespace => ({ client: TrafficClient.sidecar({ namespace, labels: sourceLabels }), ports }));
}

function gatewayWorkloads(model: MeshModel, key: string): readonly Asker[] {
  const gateway = model.resources.gateways.find(item => item.key === key);
  const ports = [...new Set((gateway?.spec.servers ?? []).flatMap(({ port }) => port?.number ?? []))];
  return gateway === undefined ? [] : model.proxiesOfGateway(gateway).map(({ namespace, labels }) =>
    ({ client: TrafficClient.gatewayWorkload(labels, { namespace }), ports }));
}
