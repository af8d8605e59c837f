import type { Arrival, Decision } from './decision';
import { sharesOf } from './decision';
import type { TrafficUpstream } from './traffic-facts';
import { parseClusterName } from '../mesh/clusters';

/** What arrives where traffic is sent on to, or why nothing can be said of it. */
export function arrivalAtNextHop(decision: Decision, upstream: TrafficUpstream | undefined): Arrival | string {
  const { via, arrival } = decision;
  const shares = sharesOf(decision);
  const hops = shares.map(({ cluster }) => {
    const parts = parseClusterName(cluster);
    const tls = via.proxy.upstreamTls(cluster);
    // without a name the host of the request is asked for
    const sni = tls === undefined ? undefined : tls.sni ?? upstream?.authority.replace(/:\d+$/, '');
    return parts === undefined ? undefined : { port: parts.port, isSecured: tls !== undefined, sni, alpn: tls?.mode === 'ISTIO_MUTUAL' ? ['istio'] : undefined };
  });
  const [hop] = hops;
  if (hop === undefined) {
    return 'nothing is sent on to a gateway';
  }
  if (hops.some(item => JSON.stringify(item) !== JSON.stringify(hop))) {
    return 'what a gateway gets depends on which destination is chosen, ask with a draw';
  }
  const { port, isSecured, sni, alpn } = hop;
  if (decision.http === undefined || decision.connection !== undefined) {
    return isSecured ? { port, tls: true, sni, alpn } : { port, tls: arrival.tls, sni: arrival.sni, alpn: arrival.alpn };
  }
  if (upstream === undefined) {
    return 'what a gateway gets depends on which destination is chosen, ask with a draw';
  }
  const headers = upstream.headers.map(({ name, text }) => [name, text] as const);
  return { port, tls: isSecured, sni, alpn, http: { method: upstream.method, authority: upstream.authority, target: upstream.path, headers } };
}
