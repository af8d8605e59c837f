import { describe } from './describe';
import type { NamedPort } from './port-names';
import { splitServerHost } from './server-host';
import type { Wire } from './wire';
import type { GatewaySpecServers } from '../../imports/networking.istio.io';

/** A server of a gateway, whose port may not have a name yet. */
export type ServerSpec = Omit<Wire<GatewaySpecServers>, 'port'> & { readonly port: NamedPort };

/** What the servers of one gateway take of one port and address. */
interface Listener {
  plain?: ServerSpec;
  /** The hosts of servers with TLS settings, as istiod compares them. */
  readonly hosts: Set<string>;
  /** The names by which Envoy chooses the certificate. */
  readonly serverNames: Set<string>;
}

/** The servers of one gateway by what they must not share. */
export class ServerConflicts {
  private readonly namespace?: string;
  private readonly names = new Set<string>();
  private readonly portNames = new Set<string>();
  private readonly listeners = new Map<string, Listener>();

  /**
   * @param namespace the gateway's, for which `.` stands in hosts
   */
  constructor(namespace: string | undefined) {
    this.namespace = namespace;
  }

  /**
   * Why a server cannot join the ones before it: Istio refuses it, or istiod drops it without a word, or Envoy refuses both.
   */
  public conflictOf(server: ServerSpec): string | undefined {
    if (server.port.name !== undefined && this.portNames.has(server.port.name)) {
      return `has the portName ${describe(server.port.name)}, which another server of the gateway has already`;
    }
    if (server.name !== undefined && this.names.has(server.name)) {
      return `has the name ${describe(server.name)}, which another server of the gateway has already`;
    }
    const listener = this.listeners.get(listenerKey(server));
    return listener && this.listenerConflict(listener, server);
  }

  public add(server: ServerSpec): void {
    if (server.port.name !== undefined) {
      this.portNames.add(server.port.name);
    }
    if (server.name !== undefined) {
      this.names.add(server.name);
    }
    const key = listenerKey(server);
    const listener: Listener = this.listeners.get(key) ?? { hosts: new Set(), serverNames: new Set() };
    this.listeners.set(key, listener);
    if (isPlainText(server)) {
      listener.plain ??= server;
    }
    for (const host of server.tls === undefined ? [] : server.hosts) {
      listener.hosts.add(this.qualified(host));
      if (endsTls(server)) {
        listener.serverNames.add(splitServerHost(host).domain);
      }
    }
  }

  private listenerConflict({ plain, hosts, serverNames }: Listener, server: ServerSpec): string | undefined {
    const { number } = server.port;
    if (plain !== undefined && !(isHttp(plain) && isHttp(server))) {
      return `cannot join port ${number}, which takes plain ${plain.port.protocol} already: Istio would drop the server, give it another port`;
    }
    if (server.tls === undefined) {
      return undefined;
    }
    // where TLS passes through, virtual services of several namespaces can share a wildcard
    const shared = server.hosts.find(host => hosts.has(this.qualified(host)) || (endsTls(server) && serverNames.has(splitServerHost(host).domain)));
    return shared && `has the host ${describe(shared)}, which an earlier server has on port ${number} already: Istio tells servers on one port apart by their hosts, leave it out of one`;
  }

  private qualified(host: string): string {
    const { namespace, domain } = splitServerHost(host);
    if (namespace === undefined || namespace === '*') {
      return domain;
    }
    return `${namespace === '.' ? this.namespace ?? '.' : namespace}/${domain}`;
  }
}

function listenerKey(server: ServerSpec): string {
  return `${server.port.number} ${server.bind ?? ''}`;
}

const HTTP_PROTOCOLS = ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'];

function isHttp(server: ServerSpec): boolean {
  return HTTP_PROTOCOLS.includes(server.port.protocol);
}

function isPlainText(server: ServerSpec): boolean {
  return server.tls === undefined || isHttp(server);
}

function endsTls(server: ServerSpec): boolean {
  return !isPlainText(server) && server.tls?.mode !== 'PASSTHROUGH' && server.tls?.mode !== 'AUTO_PASSTHROUGH';
}
