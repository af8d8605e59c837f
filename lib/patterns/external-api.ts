import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ConnectionPool } from '../connection-pool';
import type { DestinationConfig, IDestination } from '../destination';
import { DestinationRule } from '../destination-rule';
import type { EntryPort } from '../entry-port';
import type { ExportTo } from '../export-to';
import { HttpAction, HttpForwardOptions } from '../http-action';
import type { LoadBalancer } from '../load-balancer';
import type { OutlierDetection } from '../outlier-detection';
import { describe } from '../private/describe';
import { checkGiven, checkList, checkMadeBy, checkPort, checkStruct } from '../private/validation';
import type { Resolution } from '../resolution';
import { ServiceEntry } from '../service-entry';
import { VirtualService } from '../virtual-service';
import type { ExternalTls } from './external-tls';
import { at, made } from './private/at';
import {
  externalPolicy, FORWARD_OPTIONS, hostSuffix, isHttp, isNameless, portSpec, PortSpec, refuseBalancing, refuseHttpOptions,
  suffixed, takeExternalHosts, takeResolution, visibility,
} from './private/external';
import { forwardOptions } from './private/forward-options';
import { claimEntry, claimMeshHost, claimRule } from './private/host-claims';
import { namespaceOf, Reach, reachOf } from './private/viewers';

/**
 * What an ExternalApi is made from. What is said of forwarding (`timeout`, `retries`, `headers` ...) holds for all requests, and
 * needs an API with which the application does not speak TLS itself.
 */
export interface ExternalApiProps extends HttpForwardOptions {
  /**
   * The hosts that applications address: names such as `api.example.com`, or wildcards such as `*.example.com`, which take every name
   * that the application itself can look up.
   */
  readonly hosts: string[];

  /** Who speaks TLS with the API. */
  readonly tls: ExternalTls;

  /**
   * Ports beside that of `tls`, which get no TLS from the proxy: `EntryPort.tls(443)` where the application speaks TLS there.
   *
   * @default - none.
   */
  readonly furtherPorts?: EntryPort[];

  /**
   * Limits of connections and requests. Those of requests need an API with which the application does not speak TLS itself.
   *
   * @default - Istio's own limits.
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * How requests and connections are spread over the addresses of a host. Not for wildcards, unless `resolution` names endpoints.
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
   * How the addresses of the hosts are found.
   *
   * @default Resolution.dns() for names, Resolution.none() for wildcards
   */
  readonly resolution?: Resolution;

  /**
   * The labels of the workloads whose sidecars use the rule, and may read its secret; only with `ExportTo.ownNamespace()`.
   *
   * @default - all workloads.
   */
  readonly workloadSelector?: { readonly [label: string]: string };

  /**
   * The namespaces that see the API: its entry, its rules and its routes alike.
   *
   * @default ExportTo.ownNamespace()
   */
  readonly exportTo?: ExportTo;

  /**
   * Name, namespace, labels and annotations of all that is made. What is made for further hosts adds to the name, as in `<name>-api-example-com`.
   *
   * @default - names made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;
}

const PROPS: (keyof ExternalApiProps)[] = [
  'hosts', 'tls', 'furtherPorts', 'connectionPool', 'loadBalancer', 'outlierDetection', 'resolution', 'workloadSelector', 'exportTo', 'metadata', ...FORWARD_OPTIONS,
];

/**
 * An API outside the mesh: an entry for its hosts and, for each host, a rule where there is something to say of connections, and routes where
 * proxies see requests. All of it is seen by the same namespaces.
 *
 * @example
 * const payment = new ExternalApi(chart, 'Payment', {
 *   hosts: ['api.payment.example'],
 *   tls: ExternalTls.originate(),
 *   timeout: Duration.seconds(10),
 *   retries: RetryPolicy.attempts(2, { perTryTimeout: Duration.seconds(5) }),
 * });
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/
 */
export class ExternalApi extends Construct implements IDestination {
  /** The entry for the hosts. */
  public readonly serviceEntry: ServiceEntry;

  private readonly tls: ExternalTls;
  private readonly reach: Reach;
  private readonly rules = new Map<string, DestinationRule>();
  private readonly routes = new Map<string, VirtualService>();

  constructor(scope: Construct, id: string, props: ExternalApiProps) {
    super(scope, id);
    checkStruct(at(this, 'props'), props, PROPS);
    const hosts = takeExternalHosts(at(this, 'hosts'), props.hosts);
    this.tls = checkMadeBy(at(this, 'tls'), checkGiven(at(this, 'tls'), props.tls), '_toEntryPort', 'ExternalTls, such as ExternalTls.originate()');
    const exportTo = visibility(at(this, 'exportTo'), props.exportTo);
    const further = checkList(at(this, 'furtherPorts'), props.furtherPorts ?? [], (item, port) => this.takeFurtherPort(item, port));
    const ports = [this.tls._toEntryPort()._toServicePort(), ...further];
    const resolution = takeResolution(at(this, 'resolution'), props.resolution, hosts);
    this.checkPolicy(props, resolution);
    this.reach = reachOf(this, exportTo, namespaceOf(this, props.metadata));
    hosts.forEach(host => claimEntry(this, host, this.reach));
    this.serviceEntry = new ServiceEntry(this, 'ServiceEntry', {
      hosts,
      ports: [this.tls._toEntryPort(), ...props.furtherPorts ?? []],
      resolution,
      exportTo,
      metadata: props.metadata,
    });
    hosts.forEach((host, index) => {
      this.makeRule(host, hostSuffix(host, index), props, exportTo, further.length > 0);
      this.makeRoutes(host, hostSuffix(host, index), props, exportTo, ports);
    });
  }

  /** The rules, in the order of the hosts; none where nothing is said of connections. */
  public get destinationRules(): DestinationRule[] {
    return [...this.rules.values()];
  }

  /** The routes, in the order of the hosts; none where the application speaks TLS. */
  public get virtualServices(): VirtualService[] {
    return [...this.routes.values()];
  }

  /**
   * The rule of the only host.
   *
   * @throws when there are several, or none
   */
  public get destinationRule(): DestinationRule {
    return this.only('destinationRule', this.destinationRules, 'nothing is said of connections');
  }

  /**
   * The routes of the only host, to which more can be added: they come before the route for all requests.
   *
   * @throws when there are several, or none
   */
  public get virtualService(): VirtualService {
    return this.only('virtualService', this.virtualServices, 'the application speaks TLS, so that proxies see no requests');
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

  /**
   * The API's host with another port, to send traffic to.
   *
   * @throws when the API has several hosts
   */
  public withPort(port: number): IDestination {
    return withPort(this, checkPort(at(this, 'port'), checkGiven(at(this, 'port'), port)));
  }

  private takeFurtherPort(item: string, port: EntryPort): PortSpec {
    const spec = portSpec(item, port);
    if (isNameless(spec)) {
      throw new Error(`${item} must be a port for HTTP or TLS, got ${spec.protocol}, use ExternalTcpService for other protocols`);
    }
    if (spec.number === this.tls._port()) {
      throw new Error(`${item} must not be ${spec.number}, the port of tls`);
    }
    return spec;
  }

  private checkPolicy(props: ExternalApiProps, resolution: Resolution): void {
    if (this.tls._kind() === 'passthrough') {
      refuseHttpOptions(this, props, this.tls._port());
    }
    refuseBalancing(this, props, resolution);
    const secret = this.tls._secretOption();
    if (secret !== undefined && props.workloadSelector === undefined) {
      throw new Error(`${at(this, 'workloadSelector')} must be given with ${secret}: without it Istio hands no secret to sidecars, and drops the TLS settings, so that plain text would go out. `
        + 'Name the labels of the workloads, or send the API through an EgressGateway');
    }
  }

  private makeRule(host: string, suffix: string, props: ExternalApiProps, exportTo: ExportTo, hasFurtherPorts: boolean): void {
    const trafficPolicy = externalPolicy(this.tls, host, props, hasFurtherPorts);
    if (trafficPolicy === undefined) {
      if (props.workloadSelector !== undefined) {
        throw new Error(at(this, 'workloadSelector must be left out where there is no rule: nothing is said of TLS or connections'));
      }
      return;
    }
    claimRule(this, host, this.reach);
    this.rules.set(host, new DestinationRule(this, `DestinationRule${suffix}`, {
      host: this.serviceEntry.destination(host),
      trafficPolicy,
      workloadSelector: props.workloadSelector,
      exportTo,
      metadata: suffixed(props.metadata, suffix),
    }));
  }

  private makeRoutes(host: string, suffix: string, props: ExternalApiProps, exportTo: ExportTo, ports: readonly PortSpec[]): void {
    if (this.tls._kind() === 'passthrough') {
      return;
    }
    claimMeshHost(this, host, this.reach);
    // a route without a port would take the requests to every port of the host
    const [first, ...others] = ports.filter(isHttp).map(({ number }) => ({
      name: `port-${number}`,
      matches: [{ port: number }],
      action: made(at(this, ''), () => HttpAction.forward(withPort(this.destination(host), number), forwardOptions(props))),
    }));
    this.routes.set(host, new VirtualService(this, `VirtualService${suffix}`, {
      services: [this.serviceEntry.destination(host)],
      defaultRoute: { name: first.name, action: first.action },
      exportTo,
      metadata: suffixed(props.metadata, suffix),
    }));
    this.routes.get(host)!.addHttpRouteSource({ toHttpRoutesConfig: () => ({ routes: others }) });
  }

  private only<T>(property: string, found: readonly T[], reason: string): T {
    if (found.length === 1) {
      return found[0];
    }
    throw new Error(found.length === 0
      ? `${at(this, property)} does not exist, because ${reason}`
      : `${at(this, property)} could be any of ${found.length}, one for each host (${this.serviceEntry.hosts.map(describe).join(', ')}), use ${property}s`);
  }
}

function withPort(destination: IDestination, port: number): IDestination {
  const config = { ...destination.toDestinationConfig(), port };
  return { toDestinationConfig: () => config };
}
