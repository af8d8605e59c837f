import { isAddress, isUnixSocket } from './private/addresses';
import { ServerSpec } from './private/server-conflicts';
import { checkServerHost } from './private/server-host';
import { checkBoolean, checkGiven, checkList, checkMadeBy, checkPort, checkString, checkStruct, checkUnique, fail } from './private/validation';
import type { ServerTls } from './server-tls';

/** What can be said of every server of a gateway. */
export interface GatewayServerOptions {
  /**
   * The hosts that clients may ask for: full names such as `shop.example.com`, wildcards such as `*.example.com`, or `*`.
   * A namespace in front, as in `shop/*.example.com`, lets only the virtual services of that namespace answer; `.` stands for the gateway's own.
   */
  readonly hosts: string[];

  /**
   * The name of the port, unique in its gateway.
   *
   * @default - `<protocol>`, or `<protocol>-<number>` where that is taken.
   */
  readonly portName?: string;

  /**
   * The IP address that the proxy listens on, or a Unix domain socket as `unix:///run/gateway.sock` or `unix://@name`.
   *
   * @default - all addresses.
   */
  readonly bind?: string;

  /**
   * The name of the server in statistics, unique in its gateway.
   *
   * @default - none.
   */
  readonly name?: string;

  /**
   * Where traffic goes that no route takes, as `127.0.0.1:8080` or `unix:///run/app.sock`. No Istio release implements it yet.
   *
   * @default - none.
   */
  readonly defaultEndpoint?: string;
}

/** What can be said of a server that takes HTTP in plain text. */
export interface GatewayHttpServerOptions extends GatewayServerOptions {
  /**
   * The port, from 1 to 65535, of the gateway's service or of its proxies; 0 on a Unix domain socket.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * Whether every request is answered with status 301 and the same address with `https`.
   *
   * @default false
   */
  readonly httpsRedirect?: boolean;
}

/** What can be said of a server that takes TLS. */
export interface GatewayTlsServerOptions extends GatewayServerOptions {
  /** What the server does with TLS. */
  readonly tls: ServerTls;

  /**
   * The port, from 1 to 65535, of the gateway's service or of its proxies; 0 on a Unix domain socket.
   *
   * @default 443
   */
  readonly port?: number;
}

/** What can be said of a server that takes connections of which it reads no host. */
export interface GatewayTcpServerOptions extends GatewayServerOptions {
  /** The port, from 1 to 65535, of the gateway's service or of its proxies; 0 on a Unix domain socket. */
  readonly port: number;
}

const COMMON = ['hosts', 'port', 'portName', 'bind', 'name', 'defaultEndpoint'] as const;

/**
 * A port that a gateway opens for some hosts. The protocol is what clients speak, and decides which routes of a VirtualService answer.
 *
 * @example
 * const server = GatewayServer.https({ hosts: ['shop.example.com'], tls: ServerTls.simple('shop-example-com-tls') });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#Server
 */
export class GatewayServer {
  /**
   * Clients speak HTTP/1.1 or HTTP/2 in plain text: HTTP routes answer.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static http(options: GatewayHttpServerOptions): GatewayServer {
    return GatewayServer.plainHttp('HTTP', options);
  }

  /**
   * Clients speak HTTP/2 in plain text: HTTP routes answer.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static http2(options: GatewayHttpServerOptions): GatewayServer {
    return GatewayServer.plainHttp('HTTP2', options);
  }

  /**
   * Clients speak gRPC in plain text: HTTP routes answer.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static grpc(options: GatewayHttpServerOptions): GatewayServer {
    return GatewayServer.plainHttp('GRPC', options);
  }

  /**
   * Clients speak gRPC-Web in plain text: HTTP routes answer.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static grpcWeb(options: GatewayHttpServerOptions): GatewayServer {
    return GatewayServer.plainHttp('GRPC-WEB', options);
  }

  /**
   * Clients speak HTTP to a proxy, in plain text: HTTP routes answer, as for `http`.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static httpProxy(options: GatewayHttpServerOptions): GatewayServer {
    return GatewayServer.plainHttp('HTTP_PROXY', options);
  }

  /**
   * Clients speak HTTP inside TLS: HTTP routes answer where TLS ends here, TLS routes where it passes through.
   *
   * @throws when there is no `tls` or no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an
   *   address nor a socket
   */
  public static https(options: GatewayTlsServerOptions): GatewayServer {
    return GatewayServer.secured('HTTPS', options);
  }

  /**
   * Clients speak any protocol inside TLS: TCP routes answer where TLS ends here, TLS routes where it passes through.
   *
   * @throws when there is no `tls` or no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an
   *   address nor a socket
   */
  public static tls(options: GatewayTlsServerOptions): GatewayServer {
    return GatewayServer.secured('TLS', options);
  }

  /**
   * Clients speak any protocol over TCP: TCP routes answer.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static tcp(options: GatewayTcpServerOptions): GatewayServer {
    return GatewayServer.plainTcp('TCP', options);
  }

  /**
   * Clients speak the protocol of MongoDB: TCP routes answer.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static mongo(options: GatewayTcpServerOptions): GatewayServer {
    return GatewayServer.plainTcp('MONGO', options);
  }

  /**
   * Clients speak the protocol of MySQL: TCP routes answer.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static mysql(options: GatewayTcpServerOptions): GatewayServer {
    return GatewayServer.plainTcp('MYSQL', options);
  }

  /**
   * Clients speak the protocol of Redis: TCP routes answer.
   *
   * @throws when there is no host, one repeats or is not a full name, the port is not an integer from 1 to 65535, or `bind` is neither an address nor
   *   a socket
   */
  public static redis(options: GatewayTcpServerOptions): GatewayServer {
    return GatewayServer.plainTcp('REDIS', options);
  }

  private static plainHttp(protocol: string, options: GatewayHttpServerOptions): GatewayServer {
    checkStruct('options', options, [...COMMON, 'httpsRedirect']);
    // any settings of TLS would change how Istio tells servers apart, so that false writes none
    const redirects = checkBoolean('httpsRedirect', options.httpsRedirect) === true;
    const { port = usualPort(80, options.bind) } = options;
    return new GatewayServer(protocol, options, port, redirects ? { httpsRedirect: true } : undefined);
  }

  private static secured(protocol: string, options: GatewayTlsServerOptions): GatewayServer {
    checkStruct('options', options, [...COMMON, 'tls']);
    const tls = checkMadeBy('tls', options.tls, '_toServerTls', "ServerTls, such as ServerTls.simple('secret')");
    const { port = usualPort(443, options.bind) } = options;
    return new GatewayServer(protocol, options, port, tls._toServerTls());
  }

  private static plainTcp(protocol: string, options: GatewayTcpServerOptions): GatewayServer {
    checkStruct('options', options, COMMON);
    return new GatewayServer(protocol, options, checkGiven('port', options.port), undefined);
  }

  private readonly server: ServerSpec;

  private constructor(protocol: string, options: GatewayServerOptions, port: number, tls: ServerSpec['tls']) {
    const bind = checkBind('bind', options.bind);
    this.server = {
      name: checkString('name', options.name),
      port: { number: checkNumber('port', port, bind), protocol, name: checkString('portName', options.portName) },
      bind,
      hosts: checkHosts('hosts', options.hosts),
      tls,
      defaultEndpoint: checkString('defaultEndpoint', options.defaultEndpoint),
    };
  }

  /** @internal */
  public _toServer(): ServerSpec {
    return this.server;
  }
}

function checkHosts(property: string, hosts: string[]): string[] {
  const checked = checkList(property, hosts, checkServerHost);
  if (checked.length === 0) {
    throw new Error(`${property} must have at least one host, '*' stands for all`);
  }
  checkUnique(property, checked);
  return checked;
}

function checkBind(property: string, bind: string | undefined): string | undefined {
  checkString(property, bind);
  if (bind !== undefined && !isAddress(bind) && !isUnixSocket(bind)) {
    fail(property, 'an IP address or a Unix domain socket such as unix:///run/gateway.sock', bind);
  }
  return bind;
}

function isSocket(bind: string | undefined): boolean {
  return typeof bind === 'string' && isUnixSocket(bind);
}

/** The port that is meant when none is given: a Unix domain socket has none. */
function usualPort(port: number, bind: string | undefined): number {
  return isSocket(bind) ? 0 : port;
}

function checkNumber(property: string, port: number, bind: string | undefined): number {
  if (!isSocket(bind)) {
    return checkPort(property, port);
  }
  if (port !== 0) {
    fail(property, '0 or left out beside a Unix domain socket', port);
  }
  return port;
}
