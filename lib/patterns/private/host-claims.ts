import { Construct } from 'constructs';
import { Claim, claim, findClaimant, releaseClaim, tryClaim } from './claims';
import { namesAtGateway, ServerUse } from './gateway-hosts';
import { EVERYONE, Reach } from './viewers';
import type { IGateway } from '../../gateway';
import { MeshSettings } from '../../mesh-settings';
import { describe } from '../../private/describe';
import { renderGateway } from '../../private/render-gateways';

const JOIN_ROUTES = 'add to that one, or join both with SharedHost, whose addPath() takes releases too';

/** Gives a host of mesh traffic to one pattern: Istio takes the routes of one virtual service alone. */
export function claimMeshHost(owner: Construct, host: string, reach: Reach): void {
  claim(owner, meshHost(owner, host, reach));
}

/**
 * Gives a host of mesh traffic to a pattern when the app is complete, unless it has given it back until then.
 *
 * @returns gives the host back
 */
export function claimMeshHostLater(owner: Construct, host: string, reach: Reach): () => void {
  const wanted = meshHost(owner, host, reach);
  let isWanted = true;
  owner.node.addValidation({
    validate: () => {
      const problem = isWanted ? tryClaim(owner, wanted) : undefined;
      return problem === undefined ? [] : [problem];
    },
  });
  return () => {
    isWanted = false;
    releaseClaim(owner, wanted.key);
  };
}

function meshHost(owner: Construct, host: string, { namespace, viewers }: Reach): Claim {
  return { key: `mesh ${fullName(owner, host, namespace)}`, text: `host ${describe(host)} in the mesh`, advice: JOIN_ROUTES, viewers };
}

/**
 * Gives hosts at a gateway to one pattern. Istio would concatenate the routes of two in an order that nobody chose; where the gateway
 * passes TLS on, it would ignore those of the second one.
 */
export function claimGatewayHosts(owner: Construct, gateway: IGateway, hosts: readonly string[], reach: Reach, use: ServerUse): void {
  const reference = describe(renderGateway(`[${owner.node.path}] gateway`, gateway));
  const key = (host: string) => gatewayKey(gateway, reach.namespace, use, host);
  for (const host of hosts) {
    claim(owner, use === 'http'
      ? { key: key(host), text: `host ${describe(host)} at gateway ${reference}`, advice: JOIN_ROUTES, viewers: reach.viewers }
      : { key: key(host), text: `the server name ${describe(host)} at gateway ${reference}`, advice: 'leave it out of one', viewers: reach.viewers });
  }
  const wildcards = hosts.filter(host => host.startsWith('*'));
  if (use === 'http' && wildcards.length > 0) {
    owner.node.addValidation({ validate: () => sharedNames(owner, gateway, wildcards, reach) });
  }
}

/** What a wildcard has in common with hosts of others because a server names it: Istio takes both for routes of the server's host. */
function sharedNames(owner: Construct, gateway: IGateway, wildcards: readonly string[], reach: Reach): string[] {
  return wildcards.flatMap(wildcard => namesAtGateway(gateway, wildcard, reach.namespace).flatMap(name => {
    for (const host of [name, ...wildcardsOver(name)]) {
      const other = host === wildcard ? undefined : findClaimant(owner, gatewayKey(gateway, reach.namespace, 'http', host), reach.viewers);
      if (other !== undefined) {
        const reference = describe(renderGateway('gateway', gateway));
        return [`host ${describe(wildcard)} and the host ${describe(host)} of [${other.construct.node.path}] both answer for ${describe(name)}${other.place}, `
          + `a host of the servers of gateway ${reference}: Istio would concatenate their routes, ${JOIN_ROUTES}, or let the server be for ${describe(wildcard)}`];
      }
    }
    return [];
  }));
}

/** The wildcards that cover a name, the narrowest first. */
function wildcardsOver(name: string): string[] {
  const parts = name.replace(/^\*\./, '').split('.');
  const first = name.startsWith('*') ? 0 : 1;
  return [...parts.slice(first).map((_, index) => `*.${parts.slice(first + index).join('.')}`), '*'].filter(wildcard => wildcard !== name);
}

function gatewayKey(gateway: IGateway, namespace: string | undefined, use: ServerUse, host: string): string {
  const config = gateway.toGatewayConfig();
  return `${use} ${config.namespace ?? namespace ?? '.'}/${config.name} ${host.toLowerCase()}`;
}

/**
 * Gives the destination rule of a host to one pattern: of two rules Istio keeps the policy of one.
 * Clients find a rule in their own namespace, in that of the service and in the root namespace, and nowhere else.
 */
export function claimRule(owner: Construct, host: string, reach: Reach): void {
  claim(owner, {
    ...rule(owner, host, reach),
    text: `the destination rule of host ${describe(host)}`,
    advice: 'hand its traffic policy and versions to that one: AbTest takes any number of them',
  });
}

/** Gives the rule of an egress gateway, and with it the ports that its clients use, to one pattern. */
export function claimEgressGateway(owner: Construct, host: string, reach: Reach): void {
  claim(owner, { ...rule(owner, host, reach), text: `the egress gateway ${describe(host)}`, advice: 'call addApi() on that one' });
}

function rule(owner: Construct, host: string, { namespace, viewers }: Reach): Pick<Claim, 'key' | 'viewers'> {
  const name = fullName(owner, host, namespace);
  const { clusterDomain, rootNamespace } = MeshSettings.of(owner);
  const home = name.endsWith(`.svc.${clusterDomain}`) ? name.split('.')[1] : undefined;
  const isForeign = home !== undefined && namespace !== undefined && namespace !== home && namespace !== rootNamespace;
  return { key: `rule ${name}`, viewers: isForeign && (viewers.has(EVERYONE) || viewers.has(namespace)) ? new Set([namespace]) : viewers };
}

/** Gives the entry of a host to one pattern: of two entries for a host Istio takes the ports of one alone. */
export function claimEntry(owner: Construct, host: string, { viewers }: Reach): void {
  claim(owner, {
    key: `entry ${host.toLowerCase()}`,
    text: `the service entry of host ${describe(host)}`,
    advice: 'add its ports there, or hand that one out',
    viewers,
  });
}

/** A host as Istio reads it in an object of a namespace. */
function fullName(owner: Construct, host: string, namespace: string | undefined): string {
  const name = host.toLowerCase();
  return name.includes('.') || name.startsWith('*') ? name : `${name}.${namespace ?? ''}.svc.${MeshSettings.of(owner).clusterDomain}`;
}
