import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ConnectionPool } from '../connection-pool';
import type { DestinationConfig, IDestination } from '../destination';
import { DestinationRule } from '../destination-rule';
import { Gateway } from '../gateway';
import { HttpAction, HttpForwardOptions } from '../http-action';
import type { LoadBalancer } from '../load-balancer';
import type { OutlierDetection } from '../outlier-detection';
import { describe } from '../private/describe';
import { checkBoolean, checkGiven, checkMadeBy, checkStruct } from '../private/validation';
import type { Resolution } from '../resolution';
import { ServiceEntry } from '../service-entry';
import { TcpAction } from '../tcp-action';
import { VirtualService, VirtualServiceProps } from '../virtual-service';
import type { EgressGateway } from './egress-gateway';
import type { ExternalTls } from './external-tls';
import { at, made } from './private/at';
import {
  EgressServing, externalPolicy, FORWARD_OPTIONS, hasNoChoice, hostSuffix, refuseHttpOptions,
  suffixed, takeExternalHosts, takeResolution,
} from './private/external';
import { forwardOptions } from './private/forward-options';
import { claimEntry, claimMeshHost, claimRule } from './private/host-claims';
import { namespaceOf, Reach, reachOf } from './private/viewers';

/**
 * What is said of an API that is reached through an egress gateway. What is said of forwarding (`timeout`, `retries`, `headers` ...) is done by
 * the gateway, once, and needs an API with which the application does not speak TLS itself.
 */
export interface EgressApiProps extends HttpForwardOptions {
  /** The hosts that applications address: names such as `api.example.com`, or wildcards such as `*.example.com`. */
  readonly hosts: string[];

  /** Who speaks TLS with the API. `ExternalTls.originate()` lets the gateway add it. */
  readonly tls: ExternalTls;

  /**
   * Whether sidecars speak the mesh's mutual TLS with the gateway. Around TLS of the application it is a second layer.
   *
   * @default - as the gateway says.
   */
  readonly mutualTls?: boolean;

  /**
   * Limits of connections and requests from the gateway to the API. Those of requests need an API with which the application does not speak TLS itself.
   *
   * @default - Istio's own limits.
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * How requests and connections are spread over the addresses of a host.
   *
   * @default - least request.
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * When addresses that keep failing get a pause.
   *
   * @default - never.
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * How the gateway finds the addresses of the hosts. For wildcards a server that answers for all their names: `Resolution.dns([{ address }])`.
   *
   * @default Resolution.dns()
   */
  readonly resolution?: Resolution;

  /**
   * Name, labels and annotations of all that is made for the API. What is made for further hosts adds to the name, as in `<name>-api-example-com`.
   *
   * @default - names made from the construct's path, in the namespace of the gateway's own resources.
   */
  readonly metadata?: ApiObjectMetadata;
}

const PROPS: (keyof EgressApiProps)[] = [
  'hosts', 'tls', 'mutualTls', 'connectionPool', 'loadBalancer', 'outlierDetection', 'resolution', 'metadata', ...FORWARD_OPTIONS,
];

/**
 * An API that is reached through an egress gateway, made by `EgressGateway.addApi()`.
 *
 * @example
 * const egress = new EgressGateway(chart, 'Egress');
 * const maps = egress.addApi('Maps', { hosts: ['maps.example.com'], tls: ExternalTls.originate() });
 * const action = HttpAction.forward(maps);
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/
 */
export class EgressApi extends Construct implements IDestination {
  /** @internal */
  public static _through(egress: EgressGateway, id: string, props: EgressApiProps): EgressApi {
    return new EgressApi(egress, id, props);
  }

  /** The entry for the hosts. */
  public readonly serviceEntry: ServiceEntry;

  private readonly egress: EgressGateway;
  private readonly tls: ExternalTls;
  private readonly reach: Reach;
  private readonly metadata?: ApiObjectMetadata;
  private readonly rules = new Map<string, DestinationRule>();
  private readonly routes = new Map<string, VirtualService>();

  private constructor(egress: EgressGateway, id: string, props: EgressApiProps) {
    super(egress, id);
    checkStruct(at(this, 'props'), props, PROPS);
    this.egress = egress;
    const hosts = takeExternalHosts(at(this, 'hosts'), props.hosts);
    this.tls = checkMadeBy(at(this, 'tls'), checkGiven(at(this, 'tls'), props.tls), '_toEntryPort', 'ExternalTls, such as ExternalTls.originate()');
    const resolution = this.takeResolution(props, hosts);
    const serving = this.serving(props);
    this.metadata = this.takeMetadata(props.metadata);
    this.reach = reachOf(this, egress.exportTo, namespaceOf(this, this.metadata));
    hosts.forEach(host => claimEntry(this, host, this.reach));
    this.serviceEntry = new ServiceEntry(this, 'ServiceEntry', {
      hosts,
      ports: [this.tls._toEntryPort()],
      resolution,
      exportTo: egress.exportTo,
      metadata: this.metadata,
    });
    hosts.forEach((host, index) => {
      const suffix = hostSuffix(host, index);
      this.makeRule(host, suffix, props);
      this.makeRoutes(host, suffix, props, serving);
    });
  }

  /** The rules for the way from the gateway on, in the order of the hosts; none where nothing is said of connections. */
  public get destinationRules(): DestinationRule[] {
    return [...this.rules.values()];
  }

  /** The routes to the gateway and from there on, in the order of the hosts. */
  public get virtualServices(): VirtualService[] {
    return [...this.routes.values()];
  }

  /**
   * One host of the API with its port, to send traffic to.
   *
   * @throws when the API does not have the host
   */
  public destination(host: string): IDestination {
    const { dependencies } = this.serviceEntry.destination(host).toDestinationConfig();
    const rule = this.rules.get(host);
    return {
      toDestinationConfig: () => ({ host, port: this.tls._port(), dependencies: [...dependencies ?? [], ...rule === undefined ? [] : [rule]] }),
    };
  }

  /**
   * The API's host with its port, to send traffic to.
   *
   * @throws when the API has several hosts
   */
  public toDestinationConfig(): DestinationConfig {
    return this.destination(this.serviceEntry.toDestinationConfig().host).toDestinationConfig();
  }

  /** A gateway sees neither the address that the application chose, nor does Istio let it look up names as they come. */
  private takeResolution(props: EgressApiProps, hosts: string[]): Resolution {
    const resolution = takeResolution(at(this, 'resolution'), props.resolution, hosts);
    if (hasNoChoice(resolution)) {
      throw new Error(`${at(this, 'resolution')} must say where the gateway finds ${describe(hosts[0])}: it does not know the address that the application chose, and Istio lets only sidecars and waypoints look up names `
        + 'as they come, use Resolution.dns([{ address }]) with a server that answers for all names, or name the hosts');
    }
    return resolution;
  }

  private serving(props: EgressApiProps): EgressServing {
    const isTls = this.tls._kind() === 'passthrough';
    const mutualTls = this.egress._mutualTls(checkBoolean(at(this, 'mutualTls'), props.mutualTls), isTls);
    if (isTls) {
      refuseHttpOptions(this, props, this.tls._port());
    }
    if (isTls) {
      return mutualTls ? 'tunnel' : 'passthrough';
    }
    return mutualTls ? 'https' : 'http';
  }

  /** What is made for an API stands beside the gateway's own resources. */
  private takeMetadata(metadata: ApiObjectMetadata | undefined): ApiObjectMetadata | undefined {
    const { namespace, name } = this.egress.gateway;
    if (metadata?.namespace !== undefined && metadata.namespace !== namespace) {
      throw new Error(`${at(this, 'metadata.namespace')} must be left out, what is made for an API is in the namespace of the gateway's own resources, got ${describe(metadata.namespace)}`);
    }
    if (metadata?.name !== undefined && metadata.name === name) {
      throw new Error(`${at(this, 'metadata.name')} must not be ${describe(name)}, the name of the gateway's own resources`);
    }
    return namespace === undefined ? metadata : { ...metadata, namespace };
  }

  private makeRule(host: string, suffix: string, props: EgressApiProps): void {
    const trafficPolicy = externalPolicy(this.tls, host, props, false);
    if (trafficPolicy !== undefined) {
      claimRule(this, host, this.reach);
      this.rules.set(host, new DestinationRule(this, `DestinationRule${suffix}`, {
        host: this.serviceEntry.destination(host),
        trafficPolicy,
        exportTo: this.egress.exportTo,
        metadata: suffixed(this.metadata, suffix),
      }));
    }
  }

  private makeRoutes(host: string, suffix: string, props: EgressApiProps, serving: EgressServing): void {
    claimMeshHost(this, host, this.reach);
    const { destination, port } = this.egress._open(host, serving);
    this.routes.set(host, new VirtualService(this, `VirtualService${suffix}`, {
      services: [this.serviceEntry.destination(host)],
      gateways: [this.egress.gateway, Gateway.mesh()],
      ...this.hops(host, serving, destination, port, props),
      exportTo: this.egress.exportTo,
      metadata: suffixed(this.metadata, suffix),
    }));
  }

  /** From sidecars to the gateway, and from the gateway to the API. */
  private hops(
    host: string, serving: EgressServing, gateway: IDestination, gatewayPort: number, props: EgressApiProps,
  ): Pick<VirtualServiceProps, 'httpRoutes' | 'tlsRoutes' | 'tcpRoutes'> {
    const inMesh = { port: this.tls._port(), gateways: [Gateway.mesh()] };
    const atGateway = { port: gatewayPort, gateways: [this.egress.gateway] };
    const api = this.destination(host);
    if (serving === 'http' || serving === 'https') {
      const action = made(at(this, ''), () => HttpAction.forward(api, forwardOptions(props)));
      return {
        httpRoutes: [
          { name: 'to-gateway', matches: [inMesh], action: HttpAction.forward(gateway) },
          { name: 'from-gateway', matches: [atGateway], action },
        ],
      };
    }
    const toGateway = { matches: [{ ...inMesh, sniHosts: [host] }], action: TcpAction.forward(gateway) };
    return serving === 'tunnel'
      ? { tlsRoutes: [toGateway], tcpRoutes: [{ matches: [atGateway], action: TcpAction.forward(api) }] }
      : { tlsRoutes: [toGateway, { matches: [{ ...atGateway, sniHosts: [host] }], action: TcpAction.forward(api) }] };
  }
}
