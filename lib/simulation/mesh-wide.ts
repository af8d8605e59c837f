import { addressOf } from './client-address';
import { ConnectionRoute, findConnection } from './connection-senders';
import { decide, Decision } from './decision';
import { readDestination } from './destination-match';
import { samplesOf } from './request-kind';
import { nameOf, objectOf } from './route-facts';
import { TrafficAnswer } from './traffic-answer';
import { TrafficClient } from './traffic-client';
import type { Worlds } from './world';
import type { IDestination } from '../destination';
import type { MeshModel } from '../mesh/model';
import { MESH_GATEWAY } from '../mesh/names';
import type { Destination, HttpMatch, L4Destination } from '../mesh/specs';
import type { VirtualService } from '../mesh/virtual-service';

/** A route that sends to a destination, or copies to it. */
interface Sender {
  readonly virtualService: VirtualService;
  readonly place: string;

  /** One of the matches of an http route, or undefined where it has none; absent on other routes. */
  readonly http?: { readonly match: HttpMatch | undefined };
  readonly connection?: ConnectionRoute;
}

/**
 * Makes sure that no route of the mesh sends anything to a destination, whoever the client is.
 *
 * @throws when one does, with a request that it takes, or when it cannot be decided
 */
export function checkNothingGoesTo(worlds: Worlds, destination: IDestination): void {
  const { model } = worlds.forPort();
  const undecided: string[] = [];
  for (const sender of sendersTo(model, destination)) {
    const found = sender.connection === undefined ? findRequest(worlds, sender, destination)
      : findConnection(worlds, sender.connection, answer => reaches(answer, destination));
    if (found === undefined || found === 'unknown') {
      undecided.push(sender.place);
    } else if (found !== 'none') {
      throw new Error(`expected: nothing in the mesh to go to ${textOf(model, destination)}\nactual:   ${sender.place} sends there, this request among others\n\n${found.toText()}`);
    }
  }
  if (undecided.length > 0) {
    throw new Error(`cannot decide: nothing in the mesh to go to ${textOf(model, destination)}\n\nno request was found that these routes take, but they send there:\n  ${undecided.join('\n  ')}`);
  }
  checkCalledByName(worlds, destination);
}

/** A whole host is also reached by those who call it and whom no route takes elsewhere. */
function checkCalledByName(worlds: Worlds, destination: IDestination): void {
  const { model } = worlds.forPort();
  const { hosts, subset, port } = readDestination(destination, model.config.clusterDomain, [model.config.defaultNamespace]);
  if (subset !== undefined) {
    return;
  }
  for (const service of hosts.flatMap(host => model.services.ofHost(host))) {
    for (const { number } of service.ports.filter(item => port === undefined || item.number === port)) {
      const client = TrafficClient.sidecar({ namespace: service.namespace });
      const request = { method: 'GET', authority: `${service.hostname}:${number}`, target: '/', headers: [] };
      const world = worlds.forPort(number);
      const called = { port: number, address: addressOf(world.model, service.hostname, service.namespace) };
      const arrivals = [{ ...called, tls: false, http: request }, { ...called, tls: true, sni: service.hostname }, { ...called, tls: false }];
      const answer = arrivals.map(arrival => TrafficAnswer._of(decide(worlds, world, client, arrival))).find(each => reaches(each, destination));
      if (answer !== undefined) {
        throw new Error(`expected: nothing in the mesh to go to ${textOf(model, destination)}\nactual:   whoever calls it reaches it\n\n${answer.toText()}`);
      }
    }
  }
}

function sendersTo(model: MeshModel, destination: IDestination): readonly Sender[] {
  const senders: Sender[] = [];
  for (const virtualService of model.virtualServices.all) {
    const named = readDestination(destination, model.config.clusterDomain, [virtualService.namespace]);
    const means = (item: Destination | undefined): boolean => item !== undefined && named.hosts.includes(item.host ?? '')
      && (named.subset === undefined || named.subset === item.subset)
      && (named.port === undefined || item.port?.number === undefined || named.port === item.port.number);
    const sends = (list: readonly L4Destination[] = []): boolean =>
      list.some(({ destination: item, weight = 0 }) => (list.length === 1 || weight > 0) && means(item));
    const name = nameOf(objectOf(virtualService.resource));
    for (const { spec, matches, index } of virtualService.http) {
      const isForwarding = spec.redirect === undefined && spec.directResponse === undefined;
      const copies = [spec.mirror, ...(spec.mirrors ?? []).map(mirror => mirror.destination)];
      if (isForwarding && (sends(spec.route as readonly L4Destination[]) || copies.some(means))) {
        const place = `${name} http[${index}]`;
        const all = matches.length === 0 ? [undefined] : matches;
        senders.push(...all.map(match => ({ virtualService, place, http: { match } })));
      }
      if (matches.length === 0) {
        // nothing comes after what takes everything
        break;
      }
    }
    for (const section of ['tls', 'tcp'] as const) {
      virtualService[section].forEach(({ route }, index) => {
        if (sends(route)) {
          senders.push({ virtualService, place: `${name} ${section}[${index}]`, connection: { virtualService, section, index } });
        }
      });
    }
  }
  return senders;
}

/** A request that a route takes and that goes to the destination. */
function findRequest(worlds: Worlds, { virtualService, http }: Sender, destination: IDestination): TrafficAnswer | undefined {
  const match = http?.match;
  const { model } = worlds.forPort();
  const bound = match?.gateways?.length ? match.gateways : virtualService.gateways;
  for (const gateway of bound) {
    const isMesh = gateway === MESH_GATEWAY;
    const [namespace, name] = gateway.split('/');
    const client = isMesh
      ? TrafficClient.sidecar({ namespace: match?.sourceNamespace || virtualService.namespace, labels: match?.sourceLabels })
      : TrafficClient.gateway({ toGatewayConfig: () => ({ name, namespace }) });
    for (const host of virtualService.hosts) {
      const authority = host.replace(/^\*/, host === '*' ? 'any.example.com' : 'any');
      for (const { port, tls } of isMesh ? meshPorts(model, host, match) : gatewayPorts(model, gateway)) {
        for (const sample of samplesOf(match, { authority, pathPrefix: '/', headers: new Map(), absent: new Set() })) {
          const arrival = { port, tls, sni: tls ? authority : undefined, http: { authority, ...sample } };
          const answer = answerTo(worlds, isMesh ? port : undefined, client, arrival);
          if (answer !== undefined && reaches(answer, destination)) {
            return answer;
          }
        }
      }
    }
  }
  return undefined;
}

function answerTo(worlds: Worlds, port: number | undefined, client: TrafficClient, arrival: Decision['arrival']): TrafficAnswer | undefined {
  try {
    return TrafficAnswer._of(decide(worlds, worlds.forPort(port), client, arrival));
  } catch {
    // a gateway that selects several workloads is no single client
    return undefined;
  }
}

function meshPorts(model: MeshModel, host: string, match: HttpMatch | undefined): readonly { readonly port: number; readonly tls: boolean }[] {
  const own = model.services.ofHost(host).flatMap(service => service.ports.map(({ number }) => number));
  const ports = match?.port ? [match.port] : [...new Set([...own, 80])];
  return ports.map(port => ({ port, tls: false }));
}

function gatewayPorts(model: MeshModel, gateway: string): readonly { readonly port: number; readonly tls: boolean }[] {
  const found = model.resources.gateways.find(({ key }) => key === gateway);
  return (found?.spec.servers ?? []).flatMap(({ port, tls }) =>
    port?.number === undefined ? [] : [{ port: port.number, tls: tls !== undefined && tls.httpsRedirect !== true }]);
}

function reaches(answer: TrafficAnswer, destination: IDestination): boolean {
  return answer._places(destination).length > 0;
}

function textOf(model: MeshModel, destination: IDestination): string {
  return readDestination(destination, model.config.clusterDomain, [model.config.defaultNamespace]).text;
}
