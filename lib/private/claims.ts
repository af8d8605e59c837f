import { IConstruct } from 'constructs';
import { describe } from './describe';

const claimsOfRoot = new WeakMap<IConstruct, Map<string, IConstruct>>();

function claim(owner: IConstruct, key: string, conflict: string, advice: string): void {
  const root = owner.node.root;
  const claims = claimsOfRoot.get(root) ?? new Map<string, IConstruct>();
  claimsOfRoot.set(root, claims);
  const other = claims.get(key);
  if (other !== undefined && other !== owner) {
    throw new Error(`[${owner.node.path}] ${conflict} belongs to [${other.node.path}] already, ${advice}`);
  }
  claims.set(key, owner);
}

/** Gives a host of mesh traffic to one pattern: Istio keeps only one virtual service for it. */
export function claimMeshHost(owner: IConstruct, host: string): void {
  claim(owner, meshHostKey(host), `host ${describe(host)} in the mesh`, 'add to that one, or join both with SharedHost');
}

/** Takes a claim back, when a pattern turns out to need no virtual service of its own. */
export function releaseMeshHost(owner: IConstruct, host: string): void {
  claimsOfRoot.get(owner.node.root)?.delete(meshHostKey(host));
}

/** Gives a host at a gateway to one pattern: Istio would concatenate the routes of two in an order that nobody chose. */
export function claimGatewayHost(owner: IConstruct, gateway: string, host: string): void {
  claim(owner, `gateway ${gateway} ${host}`, `host ${describe(host)} at gateway ${describe(gateway)}`, 'add to that one, or join both with SharedHost');
}

/** Gives a server name at a gateway that passes TLS on to one pattern: Istio would ignore the routes of a second one. */
export function claimServerName(owner: IConstruct, gateway: string, host: string): void {
  claim(owner, `server name ${gateway} ${host}`, `the server name ${describe(host)} at gateway ${describe(gateway)}`, 'leave it out of one');
}

/**
 * Gives a host on a port of gateway proxies to one pattern that opens it: of two servers with TLS for one host istiod drops the later one,
 * and the routes of two without TLS come in an order that nobody chose.
 *
 * @param proxies the labels that select the proxies
 */
export function claimServerHost(owner: IConstruct, proxies: string, port: number, host: string): void {
  claim(owner, `server ${proxies} ${port} ${host}`, `host ${describe(host)} on port ${port} of the gateway proxies ${proxies}`, `${SHARE_GATEWAY}, or join the paths of one host with SharedHost`);
}

/** Gives a certificate to one pattern that serves it: browsers use a connection for all hosts of its certificate, and the other gateway's are not found there. */
export function claimCertificate(owner: IConstruct, proxies: string, credentialName: string): void {
  claim(owner, `certificate ${proxies} ${credentialName}`, `the certificate ${describe(credentialName)} of the gateway proxies ${proxies}`, SHARE_GATEWAY);
}

const SHARE_GATEWAY = 'make one Gateway with a server for the hosts of both, and hand it to both as gateway';

/** Gives the destination rule of a host to one pattern: of two rules Istio keeps only the first traffic policy. */
export function claimRule(owner: IConstruct, host: string): void {
  claim(owner, `rule ${host}`, `the destination rule of host ${describe(host)}`, 'hand its trafficPolicy and subsets to that one');
}

/**
 * Gives the entry of a host, as some namespaces see it, to one pattern: of two entries for a host Istio takes the ports of one alone.
 *
 * @param viewers who sees the entry: a namespace, or `*`
 */
export function claimEntry(owner: IConstruct, host: string, viewers: string): void {
  const place = viewers === '*' ? 'for all namespaces' : `for namespace ${describe(viewers)}`;
  claim(owner, `entry ${viewers} ${host}`, `the service entry of host ${describe(host)} ${place}`, 'add its ports there, or hand that one out');
}

/** Gives the rule and the ports of an egress gateway to one pattern. */
export function claimEgressGateway(owner: IConstruct, host: string): void {
  claim(owner, `egress gateway ${host}`, `the egress gateway ${describe(host)}`, 'call addApi() on that one');
}

function meshHostKey(host: string): string {
  return `mesh ${host}`;
}
