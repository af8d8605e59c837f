import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ExportTo } from '../export-to';
import { Gateway, GatewayConfig, IGateway } from '../gateway';
import type { GatewaySelector } from '../gateway-selector';
import { GatewayServer } from '../gateway-server';
import type { IHttpTarget } from '../http-target';
import { checkBoolean, checkMadeBy, checkPort, checkStruct } from '../private/validation';
import { SourceValidation } from '../private/whole-validation';
import type { ServerTls } from '../server-tls';
import { VirtualService } from '../virtual-service';
import type { PathDefaults, PathOptions } from './path-options';
import { at } from './private/at';
import { destinationsOf, missingPorts } from './private/default-ports';
import { bindToGateways, takeIngressHosts, takeSelector, takeSharedGateway } from './private/ingress-gateways';
import { checkForward } from './private/path-entry';
import { PathTable } from './private/path-table';
import { claimServer } from './private/server-claims';
import { reachOf } from './private/viewers';

/** What an IngressRoute is made from. */
export interface IngressRouteProps extends PathDefaults {
  /** The hosts that clients outside the mesh ask for: names such as `shop.example.com`, wildcards such as `*.example.com`, or `*`. No two may overlap. */
  readonly hosts: string[];

  /**
   * How TLS ends at the gateway: with a certificate, with or without certificates of clients.
   *
   * @default - plain text.
   */
  readonly tls?: ServerTls;

  /**
   * Whether a second server answers plain text with status 301 and the same address with `https`. Otherwise no port is open for plain text.
   *
   * @default - true where `tls` is set.
   */
  readonly httpsRedirect?: boolean;

  /**
   * A gateway that others use too, whose servers cover the hosts.
   *
   * @default - a gateway of its own.
   */
  readonly gateway?: IGateway;

  /**
   * The proxies of the own gateway.
   *
   * @default GatewaySelector.ingress()
   */
  readonly selector?: GatewaySelector;

  /**
   * The port of the own gateway for plain text, from 1 to 65535.
   *
   * @default 80
   */
  readonly httpPort?: number;

  /**
   * The port of the own gateway for TLS, from 1 to 65535.
   *
   * @default 443
   */
  readonly httpsPort?: number;

  /**
   * What is done with requests that no path takes. It is the target of the path `/`.
   *
   * @default - such requests are answered with status 404.
   */
  readonly defaultTarget?: IHttpTarget;

  /**
   * The namespaces in which the routes have effect; that of the gateway's proxies must be one of them.
   *
   * @default ExportTo.all()
   */
  readonly exportTo?: ExportTo;

  /**
   * Name, namespace, labels and annotations of the virtual service.
   *
   * @default - a name made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * Name, namespace, labels and annotations of the own gateway.
   *
   * @default - a name made from the construct's path, in the chart's namespace.
   */
  readonly gatewayMetadata?: ApiObjectMetadata;
}

const PROPS: (keyof IngressRouteProps)[] = [
  'hosts', 'tls', 'httpsRedirect', 'gateway', 'selector', 'httpPort', 'httpsPort', 'defaultTarget', 'exportTo', 'metadata', 'gatewayMetadata',
  'timeout', 'retries', 'corsPolicy',
];
const OF_OWN_GATEWAY: (keyof IngressRouteProps)[] = ['tls', 'httpsRedirect', 'selector', 'httpPort', 'httpsPort', 'gatewayMetadata'];

/**
 * What clients outside the mesh find at some hosts: a gateway, and for each path where its requests go. The order of the calls does not matter:
 * exact paths are looked at first, then patterns, then the longest prefix, and the same path with more conditions before that with fewer.
 *
 * @example
 * const shop = new IngressRoute(chart, 'Shop', {
 *   hosts: ['shop.example.com'],
 *   tls: ServerTls.simple('shop-example-com-tls'),
 * });
 * shop.addPath('/', HttpAction.forward(ServiceHost.fromName('frontend', { port: 8080 })));
 * shop.addPath('/api', HttpAction.forward(ServiceHost.fromName('api', { port: 8080 })), { rewrite: PathRewrite.strip() });
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/ingress-control/
 */
export class IngressRoute extends Construct implements IGateway {
  /** The gateway that the routes are bound to: the shared one, or that of the pattern. */
  public readonly gateway: IGateway;

  /** The routes. A route that is added here comes before those of the paths. */
  public readonly virtualService: VirtualService;

  private readonly table: PathTable;

  constructor(scope: Construct, id: string, props: IngressRouteProps) {
    super(scope, id);
    checkStruct(at(this, 'props'), props, PROPS);
    const hosts = takeIngressHosts(this, props.hosts);
    this.gateway = takeSharedGateway(this, props, OF_OWN_GATEWAY) ?? this.makeGateway(props, hosts);
    this.virtualService = new VirtualService(this, 'VirtualService', { hosts, gateways: [this.gateway], exportTo: props.exportTo, metadata: props.metadata });
    bindToGateways(this, [this.gateway], hosts, reachOf(this, props.exportTo, this.virtualService.namespace), 'http');
    this.table = new PathTable(this.virtualService, { defaults: checkForward(at(this, ''), props), gatewaysOnly: true });
    this.virtualService.addHttpRouteSource(this.table);
    if (props.defaultTarget !== undefined) {
      this.table.add(this, '/', props.defaultTarget, { name: 'default' });
    }
    this.node.addValidation(new SourceValidation(() => this.validateRoutes()));
  }

  /**
   * Says where the requests for a path go. `/api` stands for `/api` and everything below it, but not for `/apix`.
   *
   * @param path a path that begins with `/`, or a pattern, as `options.pathType` says
   * @param target an action, or a pattern that decides among versions, such as CanaryRelease
   * @throws when the path cannot be read, another one certainly takes the same requests, or an option is said twice or has no effect
   */
  public addPath(path: string, target: IHttpTarget, options: PathOptions = {}): void {
    this.table.add(this, path, target, options);
  }

  /** The gateway, so that the pattern stands for it wherever a gateway is named. */
  public toGatewayConfig(): GatewayConfig {
    return this.gateway.toGatewayConfig();
  }

  private makeGateway(props: IngressRouteProps, hosts: string[]): Gateway {
    const tls = takeTls(at(this, 'tls'), props.tls);
    const redirects = checkBoolean(at(this, 'httpsRedirect'), props.httpsRedirect) ?? tls !== undefined;
    if (tls === undefined && (redirects || props.httpsPort !== undefined)) {
      throw new Error(`${at(this, redirects ? 'httpsRedirect' : 'httpsPort')} needs tls, such as ServerTls.simple('shop-example-com-tls')`);
    }
    if (tls !== undefined && !redirects && props.httpPort !== undefined) {
      throw new Error(`${at(this, 'httpPort')} has no effect without httpsRedirect, because no port is open for plain text beside tls`);
    }
    const httpPort = checkPort(at(this, 'httpPort'), props.httpPort) ?? 80;
    const httpsPort = checkPort(at(this, 'httpsPort'), props.httpsPort) ?? 443;
    const opensHttp = tls === undefined || redirects;
    if (tls !== undefined && opensHttp && httpPort === httpsPort) {
      throw new Error(`${at(this, 'httpsPort')} must not be the port for plain text, got ${httpsPort} for both`);
    }
    const selector = takeSelector(this, props);
    if (opensHttp) {
      claimServer(this, selector, { port: httpPort, hosts });
    }
    if (tls !== undefined) {
      claimServer(this, selector, { port: httpsPort, hosts, tls: tls._toServerTls() });
    }
    return new Gateway(this, 'Gateway', {
      selector,
      metadata: props.gatewayMetadata,
      servers: [
        ...opensHttp ? [GatewayServer.http({ hosts, port: httpPort, httpsRedirect: redirects })] : [],
        ...tls === undefined ? [] : [GatewayServer.https({ hosts, port: httpsPort, tls })],
      ],
    });
  }

  private validateRoutes(): string[] {
    if (this.table.isEmpty) {
      return ['ingress route has no path, call addPath() or set defaultTarget'];
    }
    const subjects = this.table.actions().map(({ entry, action }) => ({
      text: entry.text,
      destinations: destinationsOf(this.virtualService, action),
    }));
    return [...this.table.validate(), ...missingPorts(this, this.virtualService.namespace, subjects)];
  }
}

function takeTls(property: string, tls: ServerTls | undefined): ServerTls | undefined {
  if (tls === undefined) {
    return undefined;
  }
  const { mode } = checkMadeBy(property, tls, '_toServerTls', "ServerTls, such as ServerTls.simple('secret')")._toServerTls();
  if (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') {
    throw new Error(`${property} must end TLS at the gateway, which sees no paths otherwise, use TlsPassthroughRoute to pass it through`);
  }
  return tls;
}
