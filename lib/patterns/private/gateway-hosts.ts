import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IGateway } from '../../gateway';
import { gatewayConfigOf } from '../../private/answers';
import { describe } from '../../private/describe';
import { covers } from '../../private/names';
import { MESH, renderGateway } from '../../private/render-gateways';
import type { ServerSpec } from '../../private/server-conflicts';
import { splitServerHost } from '../../private/server-host';

/** What a pattern needs a server to do: to read HTTP, or to pass TLS on. */
export type ServerUse = 'http' | 'passthrough';

const HTTP_PROTOCOLS = ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'];

/** What is wrong with hosts at a gateway, as far as its servers are known. */
export function uncoveredHosts(gateway: IGateway, hosts: readonly string[], namespace: string | undefined, use: ServerUse): string[] {
  const config = gatewayConfigOf('gateway', gateway);
  if (config.name === MESH && config.namespace === undefined) {
    return [];
  }
  const servers = serversOf(gateway);
  const known = servers === undefined ? config.hosts : servers.filter(server => isFor(server, use)).flatMap(server => server.hosts);
  if (known === undefined) {
    return [];
  }
  const admitted = known.filter(host => admits(host, namespace, config.namespace));
  const domains = admitted.map(host => splitServerHost(host).domain);
  const reference = describe(renderGateway('gateway', gateway));
  return hosts.filter(host => !domains.some(domain => covers(domain, host))).map(host => {
    const unfit = servers?.some(server => !isFor(server, use) && server.hosts.some(each => covers(splitServerHost(each).domain, host)));
    if (unfit === true) {
      return `the host ${describe(host)} has no server of the gateway ${reference} that ${use === 'http'
        ? 'reads HTTP, only one that passes TLS or other connections on, use TlsPassthroughRoute, or end TLS at the gateway'
        : 'passes TLS on, use IngressRoute, or add a server with ServerTls.passthrough()'}`;
    }
    return `the host ${describe(host)} is not covered by the servers of the gateway ${reference}, whose hosts are ${known.length === 0 ? 'none' : known.map(describe).join(', ')}, add it to a server`;
  });
}

/** The hosts of servers for HTTP that a wildcard covers, as far as they are known: Istio binds its routes to these. */
export function namesAtGateway(gateway: IGateway, wildcard: string, namespace: string | undefined): string[] {
  const config = gateway.toGatewayConfig();
  const hosts = serversOf(gateway)?.filter(server => isFor(server, 'http')).flatMap(server => server.hosts) ?? config.hosts ?? [];
  const names = hosts.filter(host => admits(host, namespace, config.namespace)).map(host => splitServerHost(host).domain);
  return [...new Set(names)].filter(name => name !== wildcard && covers(wildcard, name));
}

/** The servers of a gateway of this program. */
function serversOf(gateway: IGateway): ServerSpec[] | undefined {
  return Construct.isConstruct(gateway) ? ApiObject.of(gateway).toJson().spec?.servers ?? [] : undefined;
}

function isFor({ port, tls }: ServerSpec, use: ServerUse): boolean {
  const passes = tls?.mode === 'PASSTHROUGH' || tls?.mode === 'AUTO_PASSTHROUGH';
  return use === 'passthrough' ? passes : HTTP_PROTOCOLS.includes(port.protocol) || (port.protocol === 'HTTPS' && !passes);
}

/** Whether a server lets the routes of a namespace answer for its host. An unknown namespace may be the right one. */
function admits(serverHost: string, namespace: string | undefined, gatewayNamespace: string | undefined): boolean {
  const { namespace: wanted } = splitServerHost(serverHost);
  const admitted = wanted === '.' ? gatewayNamespace : wanted;
  return admitted === undefined || admitted === '*' || namespace === undefined || admitted === namespace;
}
