import { describe } from './describe';
import type { NamedPort } from './port-names';
import { splitServerHost } from './server-host';
import type { Wire } from './wire';
import type { GatewaySpecServers } from '../../imports/networking.istio.io';

/** A server of a gateway, whose port may not have a name yet. */
export type ServerSpec = Omit<Wire<GatewaySpecServers>, 'port'> & { readonly port: NamedPort };

/**
 * Why istiod would drop a server without a word, or Envoy refuse both, when it stands in one gateway with earlier servers.
 *
 * @param namespace the gateway's, for which `.` stands in hosts
 */
export function serverConflict(earlier: readonly ServerSpec[], added: ServerSpec, namespace: string | undefined): string | undefined {
  const { number } = added.port;
  const neighbours = earlier.filter(server => server.port.number === number && server.bind === added.bind);
  const plain = neighbours.find(isPlainText);
  if (plain !== undefined && !(isHttp(plain) && isHttp(added))) {
    return `cannot join port ${number}, which takes plain ${plain.port.protocol} already: Istio would drop the server, give it another port`;
  }
  for (const host of added.hosts) {
    if (neighbours.some(server => takesSameConnections(server, added, host, namespace))) {
      return `has the host ${describe(host)}, which an earlier server has on port ${number} already: Istio tells servers on one port apart by their hosts, leave it out of one`;
    }
  }
  return undefined;
}

const HTTP_PROTOCOLS = ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'];

function isHttp(server: ServerSpec): boolean {
  return HTTP_PROTOCOLS.includes(server.port.protocol);
}

function isPlainText(server: ServerSpec): boolean {
  return server.tls === undefined || isHttp(server);
}

function isPassthrough(server: ServerSpec): boolean {
  return server.tls?.mode === 'PASSTHROUGH' || server.tls?.mode === 'AUTO_PASSTHROUGH';
}

function takesSameConnections(server: ServerSpec, added: ServerSpec, host: string, namespace: string | undefined): boolean {
  if (server.tls === undefined || added.tls === undefined) {
    return false;
  }
  // where TLS ends at the gateway, the server name alone selects the server; where it passes through, virtual services of several namespaces can share a wildcard
  const terminating = !isHttp(added) && !isPassthrough(server) && !isPassthrough(added);
  const key = (text: string) => terminating ? splitServerHost(text).domain : qualified(text, namespace);
  return server.hosts.some(other => key(other) === key(host));
}

/** A host as istiod compares it. */
function qualified(host: string, gatewayNamespace: string | undefined): string {
  const { namespace, domain } = splitServerHost(host);
  if (namespace === undefined || namespace === '*') {
    return domain;
  }
  return `${namespace === '.' ? gatewayNamespace ?? '.' : namespace}/${domain}`;
}
