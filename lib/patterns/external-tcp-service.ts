import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ClientTls } from '../client-tls';
import type { TcpConnectionPool } from '../connection-pool';
import type { DestinationConfig, IDestination } from '../destination';
import { DestinationRule } from '../destination-rule';
import type { EntryPort } from '../entry-port';
import type { ExportTo } from '../export-to';
import type { LoadBalancer } from '../load-balancer';
import type { OutlierDetection } from '../outlier-detection';
import { checkAddressOrRange, isAddress } from '../private/addresses';
import { describe } from '../private/describe';
import { checkDomainName } from '../private/names';
import { checkFilledList, checkGiven, checkMadeBy, checkStruct, checkUnique } from '../private/validation';
import { Endpoint, Resolution } from '../resolution';
import { ServiceEntry } from '../service-entry';
import type { TrafficPolicy } from '../traffic-policy';
import type { ExternalTls } from './external-tls';
import { at, made } from './private/at';
import { isHttp, isTls, namelessProblem, PortSpec, takePorts, visibility } from './private/external';
import { claimEntry, claimRule } from './private/host-claims';
import { namespaceOf, reachOf } from './private/viewers';

/** What an ExternalTcpService is made from. */
export interface ExternalTcpServiceProps {
  /** The name of the service: the DNS name that applications connect to, or any name where `addresses` are given. */
  readonly host: string;

  /** The ports, for protocols other than HTTP: `EntryPort.tcp(5432)`, `mysql`, `mongo`, `redis`, `tls`. */
  readonly ports: EntryPort[];

  /**
   * What applications connect to: IP addresses, or ranges such as `10.0.0.0/24`.
   *
   * @default - any address: needs `MeshSettings.dnsCapture`, or TLS, whose connections name the host.
   */
  readonly addresses?: string[];

  /**
   * Where the connections are sent instead: IP addresses, or DNS names.
   *
   * @default - to the address that the application chose, or to those of the DNS name where there are no `addresses`.
   */
  readonly endpoints?: Endpoint[];

  /**
   * Limits of connections.
   *
   * @default - Istio's own limits.
   */
  readonly connectionPool?: TcpConnectionPool;

  /**
   * How connections are spread over the endpoints. Not where they go to the address that the application chose.
   *
   * @default - least request.
   */
  readonly loadBalancer?: LoadBalancer;

  /**
   * When endpoints that keep failing get a pause.
   *
   * @default - never.
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * The TLS that the proxy adds on all ports, where applications speak plain text: `ExternalTls.originate()`, without ports and protocol.
   *
   * @default - none.
   */
  readonly tls?: ExternalTls;

  /**
   * The namespaces that see the service: its entry and its rule alike.
   *
   * @default ExportTo.ownNamespace()
   */
  readonly exportTo?: ExportTo;

  /**
   * Name, namespace, labels and annotations of all that is made.
   *
   * @default - names made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;
}

const PROPS: (keyof ExternalTcpServiceProps)[] = [
  'host', 'ports', 'addresses', 'endpoints', 'connectionPool', 'loadBalancer', 'outlierDetection', 'tls', 'exportTo', 'metadata',
];

/**
 * A database, a broker or another service outside the mesh whose protocol is not HTTP: an entry and, where there is something to say of
 * connections, a rule.
 *
 * @example
 * new ExternalTcpService(chart, 'Orders', {
 *   host: 'orders-db.example.com',
 *   addresses: ['10.20.0.5'],
 *   ports: [EntryPort.tcp(5432)],
 *   connectionPool: { maxConnections: 50 },
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ExternalTcpService extends Construct implements IDestination {
  /** The entry for the service. */
  public readonly serviceEntry: ServiceEntry;

  /** The rule, where something is said of connections. */
  public readonly destinationRule?: DestinationRule;

  private readonly ports: readonly PortSpec[];

  constructor(scope: Construct, id: string, props: ExternalTcpServiceProps) {
    super(scope, id);
    checkStruct(at(this, 'props'), props, PROPS);
    const host = checkDomainName(at(this, 'host'), checkGiven(at(this, 'host'), props.host));
    this.ports = takePorts(at(this, 'ports'), props.ports);
    const addresses = checkFilledList(at(this, 'addresses'), props.addresses, checkAddressOrRange) ?? [];
    checkUnique(at(this, 'addresses'), addresses);
    const exportTo = visibility(at(this, 'exportTo'), props.exportTo);
    this.checkPorts(props);
    const resolution = this.resolutionOf(props, addresses);
    const trafficPolicy = this.policyOf(props);
    if (trafficPolicy !== undefined && !host.includes('.')) {
      throw new Error(at(this, `host must have a dot for a policy to find it, got ${describe(host)}: Istio takes the host of a rule for a service in the rule's namespace`));
    }
    const reach = reachOf(this, exportTo, namespaceOf(this, props.metadata));
    claimEntry(this, host, reach);
    this.serviceEntry = new ServiceEntry(this, 'ServiceEntry', {
      hosts: [host],
      ports: props.ports,
      addresses: props.addresses,
      resolution,
      exportTo,
      metadata: props.metadata,
    });
    if (trafficPolicy !== undefined) {
      claimRule(this, host, reach);
      this.destinationRule = new DestinationRule(this, 'DestinationRule', { host: this.serviceEntry, trafficPolicy, exportTo, metadata: props.metadata });
    }
    this.node.addValidation({ validate: () => namelessProblem(this, host, this.ports, addresses) });
  }

  /**
   * The service with a port, to send traffic to.
   *
   * @throws when the number is not one of a port
   */
  public withPort(port: number): IDestination {
    return this.serviceEntry.withPort(port);
  }

  /**
   * The service, with its port where it has one alone, to send traffic to.
   *
   * @throws when the service has several hosts, of which a route must name one
   */
  public toDestinationConfig(): DestinationConfig {
    const config = this.serviceEntry.toDestinationConfig();
    return {
      ...config,
      port: this.ports.length === 1 ? this.ports[0].number : undefined,
      dependencies: [...config.dependencies ?? [], ...this.destinationRule === undefined ? [] : [this.destinationRule]],
    };
  }

  private checkPorts(props: ExternalTcpServiceProps): void {
    this.ports.forEach((port, index) => {
      const item = at(this, `ports[${index}]`);
      if (isHttp(port) || port.protocol === 'HTTP_PROXY') {
        throw new Error(`${item} must not be for HTTP, got ${port.protocol}, use ExternalApi, where proxies see requests`);
      }
      if (props.tls !== undefined && isTls(port)) {
        throw new Error(`${item} must not be for TLS beside tls, got ${port.protocol}: the application speaks TLS there, which the proxy would wrap in TLS once more`);
      }
    });
  }

  private resolutionOf({ host, endpoints, loadBalancer }: ExternalTcpServiceProps, addresses: readonly string[]): Resolution {
    if (endpoints !== undefined) {
      const range = addresses.find(address => address.includes('/'));
      const name = endpoints.find(endpoint => endpoint?.address !== undefined && !isAddress(endpoint.address) && !endpoint.address.startsWith('unix://'));
      if (name !== undefined && range !== undefined) {
        throw new Error(`${at(this, 'addresses')} must be single addresses where endpoints are DNS names, got ${describe(range)}`);
      }
      return made(at(this, ''), () => name === undefined ? Resolution.staticEndpoints(endpoints) : Resolution.dns(endpoints));
    }
    if (addresses.length === 0 && !host.includes('.')) {
      throw new Error(`${at(this, 'addresses')} must be given, or endpoints, for a host that DNS does not know, got ${describe(host)}`);
    }
    if (addresses.length > 0 && loadBalancer !== undefined) {
      throw new Error(at(this, 'loadBalancer must be left out without endpoints: connections go to the address that the application chose'));
    }
    return addresses.length === 0 ? Resolution.dns() : Resolution.none();
  }

  private policyOf({ host, connectionPool, loadBalancer, outlierDetection, tls }: ExternalTcpServiceProps): TrafficPolicy | undefined {
    const policy = { connectionPool: connectionPool && { tcp: connectionPool }, loadBalancer, outlierDetection, tls: this.clientTls(host, tls) };
    return Object.values(policy).every(value => value === undefined) ? undefined : policy;
  }

  private clientTls(host: string, tls: ExternalTls | undefined): ClientTls | undefined {
    if (tls === undefined) {
      return undefined;
    }
    const clientTls = checkMadeBy(at(this, 'tls'), tls, '_toClientTlsOf', 'ExternalTls.originate()')._toClientTlsOf(host);
    if (clientTls === undefined) {
      throw new Error(at(this, 'tls must be made by ExternalTls.originate(), leave it out where the proxy adds no TLS'));
    }
    if (tls._hasPlaces()) {
      throw new Error(at(this, 'tls must not say port, targetPort or protocol, these are said by ports'));
    }
    if (tls._secretOption() !== undefined) {
      throw new Error(at(this, `tls must not have ${tls._secretOption()}: Istio hands no secret to sidecars, and would drop the TLS settings, use files of the proxy`));
    }
    return clientTls;
  }
}
