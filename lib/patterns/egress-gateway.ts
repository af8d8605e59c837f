import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { ClientTls } from '../client-tls';
import { IDestination, ServiceHost } from '../destination';
import { DestinationRule } from '../destination-rule';
import { ExportTo } from '../export-to';
import { Gateway, GatewayConfig, IGateway } from '../gateway';
import { GatewaySelector } from '../gateway-selector';
import { GatewayServer } from '../gateway-server';
import { MeshSettings } from '../mesh-settings';
import { describe } from '../private/describe';
import { checkWholeHost, renderHost } from '../private/render-destination';
import { checkBoolean, checkMadeBy, checkPort, checkString, checkStruct } from '../private/validation';
import { ServerTls } from '../server-tls';
import { EgressApi, EgressApiProps } from './egress-api';
import { at } from './private/at';
import { EgressServing, visibility } from './private/external';
import { claimEgressGateway } from './private/host-claims';
import { namespaceOf, reachOf } from './private/viewers';

/** What an EgressGateway is made from. */
export interface EgressGatewayProps {
  /**
   * The service of the proxies, with its namespace.
   *
   * @default ServiceHost.fromName('istio-egressgateway', { namespace: 'istio-system' })
   */
  readonly service?: IDestination;

  /**
   * The proxies.
   *
   * @default GatewaySelector.egress()
   */
  readonly selector?: GatewaySelector;

  /**
   * The port of the service for HTTP in plain text, from 1 to 65535.
   *
   * @default 80
   */
  readonly httpPort?: number;

  /**
   * The port of the service for TLS, from 1 to 65535.
   *
   * @default 443
   */
  readonly tlsPort?: number;

  /**
   * Whether sidecars speak the mesh's mutual TLS with the gateway, unless an API says otherwise.
   *
   * @default - true, but false for APIs with which the application speaks TLS.
   */
  readonly mutualTls?: boolean;

  /**
   * The namespaces whose workloads use the gateway. That of the gateway's proxies, which must see everything too, is added.
   * Others than the own namespace need the EgressGateway to be in the namespace of the proxies.
   *
   * @default ExportTo.ownNamespace()
   */
  readonly exportTo?: ExportTo;

  /**
   * Name, namespace, labels and annotations of the Gateway and the rule. What is made for an API adds to the name.
   *
   * @default - names made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;
}

const PROPS: (keyof EgressGatewayProps)[] = ['service', 'selector', 'httpPort', 'tlsPort', 'mutualTls', 'exportTo', 'metadata'];

/**
 * The proxies through which traffic leaves the mesh: one Gateway and one rule, which all APIs share that leave through them, and for each API
 * an entry, routes to the gateway and from there on, and the rule of the API. Everything is seen by the namespace of the gateway's proxies.
 *
 * @example
 * const egress = new EgressGateway(chart, 'Egress');
 * egress.addApi('Payment', { hosts: ['api.payment.example'], tls: ExternalTls.originate(), timeout: Duration.seconds(10) });
 * egress.addApi('Mail', { hosts: ['smtp.mail.example'], tls: ExternalTls.passthrough({ port: 465 }) });
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
export class EgressGateway extends Construct implements IGateway {
  /** The ports that the proxies open. */
  public readonly gateway: Gateway;

  /** The rule for traffic to the proxies, with a subset for each way to speak with them. */
  public readonly destinationRule: DestinationRule;

  /** The namespaces that see everything: those of the clients, and that of the proxies. */
  public readonly exportTo: ExportTo;

  private readonly mutualTls?: boolean;
  private readonly httpPort: number;
  private readonly tlsPort: number;
  private readonly apis: EgressApi[] = [];

  constructor(scope: Construct, id: string, props: EgressGatewayProps = {}) {
    super(scope, id);
    checkStruct(at(this, 'props'), props, PROPS);
    const service = takeService(at(this, 'service'), props.service);
    const selector = checkMadeBy(at(this, 'selector'), props.selector ?? GatewaySelector.egress(), '_toSelector', 'GatewaySelector, such as GatewaySelector.egress()');
    this.mutualTls = checkBoolean(at(this, 'mutualTls'), props.mutualTls);
    this.httpPort = checkPort(at(this, 'httpPort'), props.httpPort ?? 80);
    this.tlsPort = checkPort(at(this, 'tlsPort'), props.tlsPort ?? 443);
    if (this.httpPort === this.tlsPort) {
      throw new Error(at(this, `tlsPort must not be ${this.tlsPort}, which is httpPort: plain text and TLS cannot share a port`));
    }
    const { namespace } = service.toDestinationConfig();
    this.exportTo = this.viewers(props, namespace!);
    const host = renderHost(this, service.toDestinationConfig());
    // the proxies need no rule for their own service, and would not find one in another namespace
    const own = namespaceOf(this, props.metadata);
    const ruleExport = own === namespace ? this.exportTo : visibility(at(this, 'exportTo'), props.exportTo);
    claimEgressGateway(this, host, reachOf(this, ruleExport, own));
    this.gateway = new Gateway(this, 'Gateway', { selector, metadata: props.metadata });
    this.destinationRule = new DestinationRule(this, 'DestinationRule', { host: service, exportTo: ruleExport, metadata: props.metadata });
  }

  /**
   * Sends an API through the gateway.
   *
   * @param id the API's part of the path, and of the names of what is made for it
   * @throws when a prop is not one that Istio honours, or a host leaves through the gateway already
   */
  public addApi(id: string, props: EgressApiProps): EgressApi {
    checkString(at(this, 'id'), id);
    const api = EgressApi._through(this, id, props);
    this.apis.push(api);
    return api;
  }

  /** The gateway, so that the pattern stands for it wherever a gateway is named. */
  public toGatewayConfig(): GatewayConfig {
    return this.gateway.toGatewayConfig();
  }

  /** The APIs that leave through the gateway, in the order in which they were added. */
  public get egressApis(): EgressApi[] {
    return [...this.apis];
  }

  /**
   * Whether sidecars speak mutual TLS with the gateway for an API.
   *
   * @internal
   */
  public _mutualTls(choice: boolean | undefined, isTls: boolean): boolean {
    return choice ?? this.mutualTls ?? !isTls;
  }

  /**
   * Opens the gateway for a host.
   *
   * @returns where sidecars send the traffic for the host
   * @internal
   */
  public _open(host: string, serving: EgressServing): { readonly destination: IDestination; readonly port: number } {
    const port = serving === 'http' ? this.httpPort : this.tlsPort;
    this.gateway.addServer(serverFor(serving, host, port));
    const subset = serving === 'http' || serving === 'passthrough'
      ? this.destinationRule.trySubset(PLAIN) ?? this.destinationRule.addSubset(PLAIN, { trafficPolicy: { tls: ClientTls.disable() } })
      : this.destinationRule.addSubset(this.subsetName(host), { trafficPolicy: { tls: ClientTls.istioMutual({ sni: serverName(host) }) } });
    return { destination: subset.withPort(port), port };
  }

  private subsetName(host: string): string {
    const name = host.replace('*', 'any').replace(/\./g, '-').toLowerCase().slice(0, 60).replace(/-+$/, '');
    let free = name;
    for (let ordinal = 2; this.destinationRule.trySubset(free) !== undefined || free === PLAIN; ordinal++) {
      free = `${name}-${ordinal}`;
    }
    return free;
  }

  /** What sidecars do not see, or the gateway does not see, is not done: the gateway would send plain text. */
  private viewers(props: EgressGatewayProps, proxies: string): ExportTo {
    const exportTo = visibility(at(this, 'exportTo'), props.exportTo);
    const own = namespaceOf(this, props.metadata);
    const names = exportTo._toExportTo();
    const isForOthers = names.some(name => name !== '.' && name !== own && name !== proxies);
    if (isForOthers && own !== undefined && own !== proxies && own !== MeshSettings.of(this).rootNamespace) {
      throw new Error(at(this, `exportTo is for other namespaces than ${describe(own)}, whose workloads would not find the rule of the gateway there: `
        + `set metadata.namespace to ${describe(proxies)}, the namespace of the gateway's service`));
    }
    const sees = names.includes('*') || names.includes(proxies) || (names.includes('.') && own === proxies);
    return sees ? exportTo : ExportTo.namespaces([...names, proxies]);
  }
}

/** The subset for what is sent to the gateway as it is. */
const PLAIN = 'plain';

function serverFor(serving: EgressServing, host: string, port: number): GatewayServer {
  switch (serving) {
    case 'http': return GatewayServer.http({ hosts: [host], port });
    case 'https': return GatewayServer.https({ hosts: [host], port, tls: ServerTls.istioMutual() });
    case 'tunnel': return GatewayServer.tls({ hosts: [host], port, tls: ServerTls.istioMutual() });
    default: return GatewayServer.tls({ hosts: [host], port, tls: ServerTls.passthrough() });
  }
}

/** The name by which the gateway finds the server for a host: without it Istio would ask for the gateway's own. */
function serverName(host: string): string {
  return host.replace('*', 'any');
}

function takeService(property: string, service: IDestination | undefined): IDestination {
  if (service === undefined) {
    return ServiceHost.fromName('istio-egressgateway', { namespace: 'istio-system' });
  }
  checkWholeHost(property, service);
  if (service.toDestinationConfig().namespace === undefined) {
    throw new Error(`${property} must have its namespace, to which everything is made visible, use ServiceHost.fromName(name, { namespace })`);
  }
  return service;
}
