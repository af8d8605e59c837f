import { nameUnder, Observation } from './observe';
import type { Finding } from '../../../lib/checks/finding';
import { clientNamespaces } from '../../../lib/checks/rules/analyzer/virtual-service-clients';
import { parseClusterName } from '../../../lib/mesh/clusters';
import type { MeshModel } from '../../../lib/mesh/model';
import type { RouteDestination } from '../../../lib/mesh/routes';

/** What a rule says, and of which place. */
export interface Claim {
  /** Without the name of the rule of the webhook. */
  readonly code: string;
  readonly message: string;

  /** `namespace/name`. */
  readonly object: string;
  readonly kind: string;
  readonly path: string;
}

export function claimOf({ code, message, namespace, name, kind, propertyPath = '' }: Finding): Claim {
  return { code: code.split('/')[0], message, object: `${namespace}/${name}`, kind: kind ?? '', path: propertyPath };
}

/** Which part of a VirtualService decided, as it is written. */
interface Decider {
  readonly object: string;
  readonly section: 'http' | 'tls' | 'tcp';
  readonly index: number;
  readonly matchIndex?: number;
}

/** The parts of VirtualServices that decided: of a merged route those of root and delegate. */
function decidersOf({ http, forward }: Observation): Decider[] {
  const route = http?.route;
  const rule = route?.rule;
  if (route === undefined || rule === undefined) {
    const decided = forward?.rule;
    return decided === undefined ? []
      : [{ object: decided.virtualService.key, section: decided.section, index: decided.index, matchIndex: decided.matchIndex }];
  }
  const root: Decider = { object: rule.virtualService.key, section: 'http', index: rule.index, matchIndex: route.matchIndex };
  if (rule.delegate === undefined) {
    return [root];
  }
  const origin = route.matchIndex === undefined ? {} : rule.delegate.matches[route.matchIndex];
  return [
    { ...root, matchIndex: origin.root },
    { object: rule.delegate.resource.key, section: 'http', index: rule.delegate.index, matchIndex: origin.delegate },
  ];
}

const PLACE = /^spec\.(http|tls|tcp)(?:\[(\d+)\](?:\.match\[(\d+)\]|\.route\[(\d+)\])?)?/;

/** Whether a part of a VirtualService is at or below the place of a claim. */
function isAt(decider: Decider, { object, path }: Pick<Claim, 'object' | 'path'>): boolean {
  const [, section, index, matchIndex] = PLACE.exec(path) ?? [];
  return decider.object === object && decider.section === section
    && (index === undefined || decider.index === Number(index))
    && (matchIndex === undefined || decider.matchIndex === Number(matchIndex));
}

/** Whether an observation shows that a claim is wrong. */
type Contradiction = (claim: Claim, observation: Observation, mesh: MeshModel) => boolean;

function isUsed(claim: Claim, observation: Observation): boolean {
  return decidersOf(observation).some(decider => isAt(decider, claim));
}

function isUsedByAny({ object }: Claim, observation: Observation): boolean {
  return decidersOf(observation).some(decider => decider.object === object);
}

function gatewayOf({ http, forward, asker }: Observation): string | undefined {
  return http?.route?.context.gateway ?? (forward?.rule === undefined || asker.gateways !== undefined ? undefined : 'mesh');
}

function lastNumber({ path }: Claim): number {
  return Number(/\[(\d+)\]$/.exec(path)![1]);
}

function authorityOf({ question }: Observation): string | undefined {
  return 'authority' in question ? question.authority : undefined;
}

/** The destinations at the place of a claim that a proxy was seen to send to. */
function destinationsAt({ object, path }: Claim, { http, forward }: Observation): readonly RouteDestination[] {
  const [, section, index, , position] = PLACE.exec(path) ?? [];
  if (position === undefined) {
    return [];
  }
  const { rule } = http?.route ?? {};
  const isHttp = section === 'http' && rule !== undefined && (rule.delegate === undefined
    ? rule.virtualService.key === object && rule.index === Number(index)
    : rule.delegate.resource.key === object && rule.delegate.index === Number(index));
  const isForward = forward?.rule?.virtualService.key === object && forward.rule.section === section && forward.rule.index === Number(index);
  const all = isHttp ? http!.route!.destinations : isForward ? forward.destinations : [];
  return all.filter(destination => destination.index === Number(position));
}

function isReached(claim: Claim, observation: Observation): boolean {
  return destinationsAt(claim, observation).some(({ cluster }) => observation.asker.proxy.cluster(cluster) !== undefined);
}

/** `'namespace/name'` in a message. */
function named(text: string): readonly string[] {
  return [...text.matchAll(/'([^' ]+\/[^' ]+)'/g)].map(([, name]) => name);
}

/** What would show that a rule is wrong. */
const CONTRADICTIONS: { readonly [code: string]: Contradiction } = {
  // on port 80 sidecars also take requests for hosts that have other ports
  CI0004: (claim, observation) => observation.question.port !== 80 && isUsed(claim, observation),
  CI0006: isUsed,
  CI0007: isUsed,
  CI0009: (claim, observation, mesh) => {
    const without = named(claim.message.slice(claim.message.search(/not by|no server of/)));
    const host = mesh.virtualServices.find(claim.object)!.hosts[lastNumber(claim)];
    return authorityOf(observation) === nameUnder(host) && isUsedByAny(claim, observation) && without.includes(gatewayOf(observation) ?? '')
      && !servedOtherwise(claim, observation, mesh);
  },
  CI0010: (claim, observation, mesh) => {
    const [gateway] = /at '([^']+)'/.exec(claim.message)!.slice(1);
    const host = mesh.virtualServices.find(claim.object)!.hosts[lastNumber(claim)];
    return authorityOf(observation) === nameUnder(host) && isUsedByAny(claim, observation) && gatewayOf(observation) === gateway
      && !servedOtherwise(claim, observation, mesh);
  },
  CI0011: (claim, observation) => {
    const lost = /loses http\[(\d+)\] of '([^']+)'/.exec(claim.message);
    const { rule } = observation.http?.route ?? {};
    return lost === null
      ? isUsed(claim, observation)
      : rule?.virtualService.key === claim.object && rule.delegate?.resource.key === lost[2] && rule.delegate.index === Number(lost[1])
        && isUsed(claim, observation);
  },
  CI0014: (claim, observation) => claim.kind === 'VirtualService' && isUsed(claim, observation),
  CI0019: (claim, observation, mesh) => {
    const gateway = mesh.virtualServices.find(claim.object)!.gateways[lastNumber(claim)];
    return gatewayOf(observation) === gateway && isUsedByAny(claim, observation);
  },
  CI0027: (claim, observation) => isReached(claim, observation) && claim.message.startsWith(`means port ${observation.question.port},`),
  CI0029: isUsed,
  CI0034: (claim, observation) => isReached(claim, observation)
    && claim.message.includes(observation.asker.gateways === undefined ? `by sidecars in '${observation.asker.namespace}':` : ` in '${observation.asker.namespace}':`)
    && (observation.asker.gateways !== undefined || claim.message.includes('by sidecars')),
  IST0101: (claim, observation, mesh) => isReached(claim, observation)
    && clientsOf(claim, mesh).length === 1 && clientsOf(claim, mesh).includes(observation.asker.namespace),
  IST0130: isUsed,
  IST0131: isUsed,
  IST0132: (claim, observation, mesh) => {
    const gateway = /^spec\.gateways\[(\d+)\]/.exec(claim.path);
    return gateway !== null && isUsedByAny(claim, observation)
      && gatewayOf(observation) === mesh.virtualServices.find(claim.object)!.gateways[Number(gateway[1])];
  },
  KIA1106: (claim, observation) => {
    const [host, gateway] = /for '([^']+)' at '([^']+)'/.exec(claim.message)!.slice(1);
    return authorityOf(observation) === nameUnder(host) && gatewayOf(observation) === gateway && isUsed(claim, observation);
  },
};

function clientsOf({ object }: Pick<Claim, 'object'>, mesh: MeshModel): readonly string[] {
  const virtualService = mesh.virtualServices.find(object);
  return virtualService === undefined ? [] : clientNamespaces(mesh, virtualService.resource);
}

/** Whether the name is one of another host of the VirtualService too. */
function servedOtherwise(claim: Claim, { question }: Observation, mesh: MeshModel): boolean {
  const name = ('authority' in question ? question.authority : undefined) ?? '';
  return mesh.virtualServices.find(claim.object)!.hosts
    .some((host, index) => index !== lastNumber(claim) && (host === name || (host.startsWith('*') && name.endsWith(host.slice(1)))));
}

/** Whether an observation shows that a claim is wrong. */
export function contradicts(claim: Claim, observation: Observation, mesh: MeshModel): boolean {
  return CONTRADICTIONS[claim.code]?.(claim, observation, mesh) === true;
}

/** A destination that a proxy has no cluster for. */
export interface Lost {
  /** `namespace/name` of the VirtualService or delegate. */
  readonly object: string;

  /** The entry of its route. */
  readonly path: string;
  readonly cluster: string;
  readonly namespace: string;
}

/**
 * The destinations that a proxy was seen to send to in vain, of which some rule has to speak.
 *
 * Nobody can tell from the objects which port the clients of unknown hosts call, nor which of several entries of a host is meant.
 */
export function destinationsLost({ http, forward, asker }: Observation, mesh: MeshModel): Lost[] {
  const rule = http?.route?.rule;
  const virtualService = rule?.virtualService ?? forward?.rule?.virtualService;
  const clients = virtualService === undefined ? [] : clientsOf({ object: virtualService.key }, mesh);
  if (virtualService === undefined || (asker.gateways === undefined && !clients.includes(asker.namespace))) {
    return [];
  }
  const object = rule?.delegate?.resource.key ?? virtualService.key;
  const place = rule === undefined ? `spec.${forward!.rule!.section}[${forward!.rule!.index}]` : `spec.http[${rule.delegate?.index ?? rule.index}]`;
  return (http?.route?.destinations ?? forward?.destinations ?? []).flatMap(({ cluster, index, spec }) => {
    const host = parseClusterName(cluster)?.host ?? '';
    const services = mesh.services.ofHost(host);
    const isOfListener = spec?.destination?.port === undefined || services.some(({ resolution }) => resolution === 'ALIAS');
    const isUndecided = new Set(services.map(service => service.resource)).size > 1
      || (isOfListener && asker.gateways === undefined);
    return isUndecided || asker.proxy.cluster(cluster) !== undefined ? [] : [{ object, path: `${place}.route[${index}]`, cluster, namespace: asker.namespace }];
  });
}
