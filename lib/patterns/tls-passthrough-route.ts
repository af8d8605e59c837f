import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ExportTo } from '../export-to';
import { Gateway, GatewayConfig, IGateway } from '../gateway';
import type { GatewaySelector } from '../gateway-selector';
import { GatewayServer } from '../gateway-server';
import { checkGiven, checkMadeBy, checkPort, checkStruct } from '../private/validation';
import { SourceValidation } from '../private/whole-validation';
import { ServerTls } from '../server-tls';
import type { TcpAction } from '../tcp-action';
import { VirtualService } from '../virtual-service';
import { at } from './private/at';
import { missingPorts, tcpDestinationsOf } from './private/default-ports';
import { bindToGateways, takeIngressHosts, takeSelector, takeSharedGateway } from './private/ingress-gateways';
import { claimServer } from './private/server-claims';
import { reachOf } from './private/viewers';

/** What a TlsPassthroughRoute is made from. */
export interface TlsPassthroughRouteProps {
  /** The server names (SNI) that clients outside the mesh ask for: names such as `db.example.com`, wildcards such as `*.example.com`, or `*`. No two may overlap. */
  readonly hosts: string[];

  /** Where the connections go, TLS and all. */
  readonly action: TcpAction;

  /**
   * A gateway that others use too, of which a server that passes TLS through covers the hosts.
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
   * The port of the own gateway, from 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;

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

const PROPS: (keyof TlsPassthroughRouteProps)[] = ['hosts', 'action', 'gateway', 'selector', 'port', 'exportTo', 'metadata', 'gatewayMetadata'];

/**
 * Services that clients outside the mesh speak TLS with, all the way: the gateway looks at the server name alone, and knows no paths.
 *
 * @example
 * new TlsPassthroughRoute(chart, 'Vault', {
 *   hosts: ['vault.example.com'],
 *   action: TcpAction.forward(ServiceHost.fromName('vault', { port: 8200 })),
 * });
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/ingress-sni-passthrough/
 */
export class TlsPassthroughRoute extends Construct implements IGateway {
  /** The gateway that the routes are bound to: the shared one, or that of the pattern. */
  public readonly gateway: IGateway;

  /** The routes. */
  public readonly virtualService: VirtualService;

  constructor(scope: Construct, id: string, props: TlsPassthroughRouteProps) {
    super(scope, id);
    checkStruct(at(this, 'props'), props, PROPS);
    const hosts = takeIngressHosts(this, props.hosts);
    const action = checkMadeBy(at(this, 'action'), checkGiven(at(this, 'action'), props.action), '_toTcpRoute', 'TcpAction, such as TcpAction.forward()');
    this.gateway = takeSharedGateway(this, props, ['selector', 'port', 'gatewayMetadata']) ?? this.makeGateway(props, hosts);
    this.virtualService = new VirtualService(this, 'VirtualService', {
      hosts,
      gateways: [this.gateway],
      tlsRoutes: [{ matches: [{ sniHosts: hosts }], action }],
      exportTo: props.exportTo,
      metadata: props.metadata,
    });
    bindToGateways(this, [this.gateway], hosts, reachOf(this, props.exportTo, this.virtualService.namespace), 'passthrough');
    this.node.addValidation(new SourceValidation(
      () => missingPorts(this, this.virtualService.namespace, [{ text: 'action', destinations: tcpDestinationsOf(this.virtualService, action) }]),
    ));
  }

  /** The gateway, so that the pattern stands for it wherever a gateway is named. */
  public toGatewayConfig(): GatewayConfig {
    return this.gateway.toGatewayConfig();
  }

  private makeGateway(props: TlsPassthroughRouteProps, hosts: string[]): Gateway {
    const port = checkPort(at(this, 'port'), props.port) ?? 443;
    const selector = takeSelector(this, props);
    const tls = ServerTls.passthrough();
    claimServer(this, selector, { port, hosts, tls: tls._toServerTls() });
    return new Gateway(this, 'Gateway', {
      selector,
      metadata: props.gatewayMetadata,
      servers: [GatewayServer.tls({ hosts, port, tls })],
    });
  }
}
