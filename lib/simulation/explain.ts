import { destinationsOf, outcomeOf } from './answer-facts';
import { chainOf } from './connection';
import { connectionOf, Decision, forwardOf, questionOf, routeOf } from './decision';
import { otherVirtualServices } from './other-virtual-services';
import { forwardFact, nameOf, objectOf, routeFact, routeText } from './route-facts';
import { TrafficOutcome, TrafficStep } from './traffic-facts';
import { isSelected } from '../mesh/labels';
import type { VirtualHost } from '../mesh/route-table';
import type { ExcludedMatch, Route } from '../mesh/routes';
import type { VirtualService } from '../mesh/virtual-service';

/** Everything that was looked at, in order, in words. */
export function explain(decision: Decision): TrafficStep[] {
  const { via, connection } = decision;
  const steps: TrafficStep[] = [{ text: `${via.text} decides about ${questionText(decision)}`, isDecisive: false }];
  if (connection !== undefined) {
    return [...steps, ...explainConnection(decision)];
  }
  const virtualHost = virtualHostOf(decision);
  if (virtualHost === undefined) {
    return [...steps, ...explainMissingHost(decision)];
  }
  if (virtualHost.fallback !== undefined) {
    const text = virtualHost.fallback === 'allow_any'
      ? 'no service and no virtual service that this client sees has the host: traffic passes through to wherever the client addressed it'
      : 'no service and no virtual service that this client sees has the host: the mesh refuses unknown hosts with status 502';
    return [...steps, ...otherVirtualServices(decision, []), { text, isDecisive: true }];
  }
  steps.push({ text: `the host is that of ${virtualHost.name}${virtualHost.service === undefined ? '' : ` (${nameOf(objectOf(virtualHost.service.resource))})`}`, isDecisive: false });
  if (virtualHost.requiresTls && decision.http?.location !== undefined && decision.http.route === undefined) {
    return [...steps, { text: 'the server of the gateway redirects to https before any route is tried', isDecisive: true }];
  }
  return [...steps, ...explainRoutes(decision, virtualHost)];
}

function questionText(decision: Decision): string {
  const { arrival } = decision;
  const question = questionOf(decision);
  const tls = arrival.tls ? ` over TLS${arrival.sni === undefined ? '' : ` for ${arrival.sni}`}` : '';
  return question === undefined
    ? `a connection to ${arrival.address ?? 'an address of no service'}, port ${arrival.port}${tls}`
    : `${question.method} ${question.target} of ${question.authority ?? 'no host'} on port ${arrival.port}${tls}`;
}

function virtualHostOf(decision: Decision): VirtualHost | undefined {
  const { via, arrival } = decision;
  const chain = chainOf(via.proxy, connectionOf(via, arrival), !arrival.tls);
  const table = typeof chain === 'string' || chain.routeTable === undefined ? undefined : via.proxy.routeTable(chain.routeTable);
  return arrival.http === undefined ? undefined : table?.find(arrival.http.authority);
}

function explainMissingHost(decision: Decision): TrafficStep[] {
  const { status } = decision.http!;
  if (status !== 404) {
    return [{ text: `the proxy does not take such a request, and answers with status ${status}`, isDecisive: true }];
  }
  const { via, arrival } = decision;
  const chain = chainOf(via.proxy, connectionOf(via, arrival), !arrival.tls);
  const table = typeof chain === 'string' ? undefined : via.proxy.routeTable(chain.routeTable ?? '');
  const hosts = (table?.virtualHosts ?? [])
    .filter(({ routes, requiresTls }) => routes.length > 0 || requiresTls)
    .flatMap(({ domains }) => domains).slice(0, 10);
  return [
    ...otherVirtualServices(decision, []),
    { text: `no virtual service is there for the host on this port${hosts.length === 0 ? '' : `, only for ${hosts.join(', ')}`}: status 404`, isDecisive: true },
  ];
}

function explainRoutes(decision: Decision, { routes }: VirtualHost): TrafficStep[] {
  const tried = decision.http!.trace;
  const decisive = routeOf(decision);
  const services = [...new Set(routes.flatMap(({ rule }) => rule?.virtualService ?? []))];
  const excluded = new Map(services.map(item => [item, excludedMatches(decision, item, routes)]));
  const steps: TrafficStep[] = decisive !== undefined && decisive.rule === undefined ? otherVirtualServices(decision, services) : [];
  for (const { route, failed } of tried) {
    const virtualService = route.rule?.virtualService;
    if (virtualService !== undefined) {
      const earlier = excluded.get(virtualService)!;
      while (earlier.length > 0 && comesBefore(earlier[0], route)) {
        steps.push(exclusionStep(decision, earlier.shift()!));
      }
    }
    const fact = routeFact(route);
    const name = fact === undefined ? 'the default route of the service' : routeText(fact);
    steps.push({
      text: failed === undefined ? `${name}: takes it` : `${name}: ${failed}`,
      isDecisive: failed === undefined,
      resource: fact?.virtualService,
    });
  }
  if (decisive === undefined) {
    excluded.forEach(matches => matches.forEach(match => steps.push(exclusionStep(decision, match))));
    services.forEach(({ lost }) => lost.forEach(({ index, delegate, reason }) =>
      steps.push({ text: `http[${index}] is lost: ${LOST[reason]} (${delegate})`, isDecisive: false })));
    steps.push(...otherVirtualServices(decision, services), { text: 'no route takes it: status 404', isDecisive: true });
  }
  return [...steps, ...consequence(decision)];
}

const LOST = {
  'missing-delegate': 'the delegate does not exist',
  'delegate-with-hosts': 'the delegate has hosts of its own, so that it is none',
  'hidden-delegate': 'the delegate is not exported to the namespace of the root',
  'conflicting-match': 'a match of the delegate fits no match of the root',
};

/** What comes of the route, where that is not what it says. */
function consequence(decision: Decision): TrafficStep[] {
  if (outcomeOf(decision) !== TrafficOutcome.UNREACHABLE) {
    return [];
  }
  return destinationsOf(decision).map(({ host, port, subset }) => ({
    text: `the proxy does not know port ${port} of ${host}${subset === undefined ? '' : `, subset ${subset}`}: status 503`,
    isDecisive: true,
  }));
}

/** The matches that make no route for the proxy, in the order in which they are written. */
function excludedMatches({ via, arrival }: Decision, virtualService: VirtualService, routes: readonly Route[]): ExcludedMatch[] {
  const context = routes.find(({ rule }) => rule?.virtualService === virtualService)?.context;
  return via.proxy.excludedMatches(virtualService, context?.port ?? arrival.port, context?.gateway)
    .filter(({ reason }) => reason !== 'after-catch-all');
}

function comesBefore(excluded: ExcludedMatch, { rule, matchIndex }: Route): boolean {
  const order = ({ rule: item, matchIndex: match = 0 }: Pick<ExcludedMatch, 'matchIndex'> & { readonly rule: ExcludedMatch['rule'] }): number[] =>
    [item.index, item.delegate?.index ?? 0, match];
  const [a, b] = [order(excluded), order({ rule: rule!, matchIndex })];
  const differing = a.findIndex((part, position) => part !== b[position]);
  return differing >= 0 && a[differing] < b[differing];
}

function exclusionStep({ via, arrival }: Decision, { rule, matchIndex, reason }: ExcludedMatch): TrafficStep {
  const match = matchIndex === undefined ? {} : rule.matches[matchIndex];
  const labels = via.proxy.labels;
  const missing = Object.entries(match.sourceLabels ?? {}).filter(([key, text]) => !isSelected({ [key]: text }, labels)).map(([key, text]) => `${key}=${text}`);
  const says = {
    'port': `is for port ${match.port}, not ${arrival.port}`,
    'gateways': `is for ${(match.gateways ?? []).join(', ')} only`,
    'sourceLabels': `is for clients with the labels ${missing.join(', ')}`,
    'sourceNamespace': `is for clients in namespace ${match.sourceNamespace}, not ${via.namespace}`,
    'after-catch-all': 'comes after a route that takes everything',
  }[reason];
  const resource = objectOf(rule.virtualService.resource);
  const fact = { virtualService: resource, section: 'http', index: rule.index, matchIndex, routeName: rule.name || undefined };
  return { text: `${routeText(fact)}: ${says}`, isDecisive: false, resource };
}

function explainConnection(decision: Decision): TrafficStep[] {
  const { via, arrival, connection } = decision;
  if (connection!.connection === 'refused') {
    const ports = [...new Set((via.gateway?.listeners ?? []).map(({ port }) => port))].sort((a, b) => a - b);
    return [{ text: `nothing listens on port ${arrival.port}${ports.length === 0 ? '' : `, only on ${ports.join(', ')}`}: the connection is refused`, isDecisive: true }];
  }
  const forward = forwardOf(decision);
  const fact = forward === undefined ? undefined : forwardFact(forward);
  const name = fact === undefined ? undefined : `${routeText(fact)}: takes it`;
  const places = destinationsOf(decision);
  if (forward === undefined || connection!.destinations.length === 0) {
    return [{ text: 'nothing on this port takes such a connection: it is closed', isDecisive: true }];
  }
  const steps: TrafficStep[] = [{
    text: name ?? (forward.service === undefined
      ? 'the address and port are those of no service that this client sees'
      : `the connection is for ${nameOf(objectOf(forward.service.resource))}, and no route of a virtual service takes it`),
    isDecisive: true,
    resource: fact?.virtualService,
  }];
  if (arrival.http !== undefined) {
    steps.push({ text: 'the proxy does not look into the connection: no http route, no timeout and no header of a rule applies', isDecisive: false });
  }
  return connection!.connection === 'closed' && places.length > 0
    ? [...steps, { text: 'the proxy does not know where it goes: the connection is closed', isDecisive: true }] : steps;
}
