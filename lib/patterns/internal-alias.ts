import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { DestinationConfig, IDestination } from '../destination';
import { DestinationRule } from '../destination-rule';
import type { EntryPort } from '../entry-port';
import type { ExportTo } from '../export-to';
import { HttpAction, HttpForwardOptions } from '../http-action';
import { checkAddressOrRange } from '../private/addresses';
import { describe } from '../private/describe';
import { checkDomainName } from '../private/names';
import { renderHost } from '../private/render-destination';
import { checkFilledList, checkGiven, checkMadeBy, checkPort, checkStruct } from '../private/validation';
import { Resolution } from '../resolution';
import { MeshLocation, ServiceEntry } from '../service-entry';
import { TcpAction } from '../tcp-action';
import type { TrafficPolicy } from '../traffic-policy';
import { VirtualService, VirtualServiceProps } from '../virtual-service';
import type { AliasTarget } from './alias-target';
import { at, made } from './private/at';
import { FORWARD_OPTIONS, isHttp, isNameless, isTls, namelessProblem, PortSpec, takePorts, visibility } from './private/external';
import { forwardOptions } from './private/forward-options';
import { claimEntry, claimMeshHost, claimRule } from './private/host-claims';
import { namespaceOf, reachOf } from './private/viewers';

/**
 * What an InternalAlias is made from. What is said of forwarding (`timeout`, `retries`, `headers` ...) holds for the requests to its ports for HTTP.
 */
export interface InternalAliasProps extends HttpForwardOptions {
  /** The other name, such as `ledger.internal.example`. Without a dot, such as `database`, it takes neither routes nor policies. */
  readonly host: string;

  /** What the name stands for. */
  readonly target: AliasTarget;

  /** The ports of the name. */
  readonly ports: EntryPort[];

  /**
   * Virtual IP addresses of the name.
   *
   * @default - any address: for protocols other than HTTP and TLS this needs `MeshSettings.dnsCapture`.
   */
  readonly addresses?: string[];

  /**
   * How connections to the endpoints are made, limited and balanced. That of a service belongs to the rule of the service.
   *
   * @default - as Istio treats all traffic.
   */
  readonly trafficPolicy?: TrafficPolicy;

  /**
   * The namespaces that see the name: its entry, its rule and its routes alike.
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

const PROPS: (keyof InternalAliasProps)[] = ['host', 'target', 'ports', 'addresses', 'trafficPolicy', 'exportTo', 'metadata', ...FORWARD_OPTIONS];

/**
 * Another name inside the mesh: for servers with static addresses, for a group of virtual machines, or for a service that exists already.
 * A service is reached by routes to its real host, so that the mesh's encryption, its subsets and its policies stay in force.
 *
 * @example
 * new InternalAlias(chart, 'Ledger', {
 *   host: 'ledger.internal.example',
 *   target: AliasTarget.service(ServiceHost.fromName('ledger', { namespace: 'finance', port: 8080 })),
 *   ports: [EntryPort.http(80)],
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class InternalAlias extends Construct implements IDestination {
  /** The entry for the name. */
  public readonly serviceEntry: ServiceEntry;

  /** The rule of the name, where there is a policy. */
  public readonly destinationRule?: DestinationRule;

  /** The routes of the name: those to a service, or those that say something of forwarding. */
  public readonly virtualService?: VirtualService;

  private readonly target: AliasTarget;
  private readonly ports: readonly PortSpec[];

  constructor(scope: Construct, id: string, props: InternalAliasProps) {
    super(scope, id);
    checkStruct(at(this, 'props'), props, PROPS);
    const host = checkDomainName(at(this, 'host'), checkGiven(at(this, 'host'), props.host));
    this.target = checkMadeBy(at(this, 'target'), checkGiven(at(this, 'target'), props.target), '_toAliasResolution', 'AliasTarget, such as AliasTarget.endpoints()');
    this.ports = takePorts(at(this, 'ports'), props.ports);
    const addresses = checkFilledList(at(this, 'addresses'), props.addresses, checkAddressOrRange) ?? [];
    const exportTo = visibility(at(this, 'exportTo'), props.exportTo);
    this.checkPolicies(host, props);
    this.refuseLoop(host);
    const reach = reachOf(this, exportTo, namespaceOf(this, props.metadata));
    claimEntry(this, host, reach);
    this.serviceEntry = new ServiceEntry(this, 'ServiceEntry', {
      hosts: [host],
      ports: props.ports,
      addresses: props.addresses,
      // routes to a service never come to the entry's own endpoints
      resolution: this.target._toAliasResolution() ?? Resolution.none(),
      location: MeshLocation.INTERNAL,
      exportTo,
      metadata: props.metadata,
    });
    if (props.trafficPolicy !== undefined) {
      claimRule(this, host, reach);
      this.destinationRule = new DestinationRule(this, 'DestinationRule', {
        host: this.serviceEntry,
        trafficPolicy: props.trafficPolicy,
        exportTo,
        metadata: props.metadata,
      });
    }
    if (this.target._toService() !== undefined || saysHttp(props) !== undefined) {
      claimMeshHost(this, host, reach);
      this.virtualService = new VirtualService(this, 'VirtualService', { services: [this.serviceEntry], ...this.routes(props), exportTo, metadata: props.metadata });
      if (this.destinationRule !== undefined) {
        this.virtualService.node.addDependency(this.destinationRule);
      }
    }
    this.node.addValidation({ validate: () => this.validateAddresses(host, addresses) });
  }

  /**
   * The name with a port, to send traffic to.
   *
   * @throws when the name stands for a service, which has ports of its own
   */
  public withPort(port: number): IDestination {
    if (this.target._toService() !== undefined) {
      throw new Error(at(this, 'port cannot be chosen, the name stands for a service with its port'));
    }
    const config = { ...this.toDestinationConfig(), port: checkPort(at(this, 'port'), checkGiven(at(this, 'port'), port)) };
    return { toDestinationConfig: () => config };
  }

  /**
   * What the name stands for, to send traffic to: the service itself, because routes do not follow the routes of another host.
   *
   * @throws when the name has no dot, so that routes cannot name it
   */
  public toDestinationConfig(): DestinationConfig {
    const service = this.target._toConfig();
    if (service !== undefined) {
      return service;
    }
    const config = this.serviceEntry.toDestinationConfig();
    if (!config.host.includes('.')) {
      throw new Error(at(this, `cannot be a destination, its host has no dot: ${NO_DOT(config.host)}`));
    }
    return {
      ...config,
      port: this.ports.length === 1 ? this.ports[0].number : undefined,
      dependencies: [...config.dependencies ?? [], ...this.destinationRule === undefined ? [] : [this.destinationRule]],
    };
  }

  private checkPolicies(host: string, props: InternalAliasProps): void {
    const http = saysHttp(props);
    const isService = this.target._toService() !== undefined;
    if (!host.includes('.')) {
      const refused = isService ? 'target: a service' : http ?? (props.trafficPolicy === undefined ? undefined : 'trafficPolicy');
      if (refused !== undefined) {
        throw new Error(`${at(this, refused)} needs a host with a dot, such as '${host}.internal', got ${describe(host)}: ${NO_DOT(host)}`);
      }
    }
    if (isService && props.trafficPolicy !== undefined) {
      throw new Error(at(this, 'trafficPolicy must be left out for a service: requests go to its real host, whose rule decides'));
    }
    if (http !== undefined && !this.ports.some(isHttp)) {
      throw new Error(at(this, `${http} needs a port for HTTP, such as EntryPort.http(80): proxies see no requests on ${this.ports.map(port => port.protocol).join(', ')}`));
    }
  }

  private refuseLoop(host: string): void {
    const config = this.target._toConfig();
    if (config !== undefined && renderHost(this, config) === host) {
      throw new Error(at(this, `target must be another host than ${describe(host)} itself`));
    }
  }

  private routes(props: InternalAliasProps): Pick<VirtualServiceProps, 'httpRoutes' | 'defaultRoute' | 'tlsRoutes' | 'tcpRoutes'> {
    const http = this.ports.filter(isHttp);
    const service = this.target._toService();
    const forward = (port: PortSpec) => made(at(this, ''), () => HttpAction.forward(service ?? this.withPort(port.number), forwardOptions(props)));
    const [first, ...others] = http;
    return {
      httpRoutes: others.map(port => ({ name: `port-${port.number}`, matches: [{ port: port.number }], action: forward(port) })),
      defaultRoute: first && { name: `port-${first.number}`, action: forward(first) },
      tlsRoutes: service && this.ports.filter(isTls).map(({ number }) => ({
        matches: [{ port: number, sniHosts: [props.host] }], action: TcpAction.forward(service),
      })),
      tcpRoutes: service && this.ports.filter(isNameless).map(({ number }) => ({ matches: [{ port: number }], action: TcpAction.forward(service) })),
    };
  }

  private validateAddresses(host: string, addresses: readonly string[]): string[] {
    const nameless = this.ports.find(isNameless);
    if (this.target._toService() !== undefined && nameless !== undefined && addresses.length === 0) {
      return [`addresses must be given: connections to port ${nameless.number} do not name the host ${describe(host)}, and Istio allocates no address to a name that stands for a service`];
    }
    return namelessProblem(this, host, this.ports, addresses);
  }
}

const NO_DOT = (host: string) => `Istio takes ${describe(host)} in a route or rule for the service ${describe(`${host}.<namespace>.svc`)}, and never finds the alias`;

function saysHttp(props: InternalAliasProps): string | undefined {
  return FORWARD_OPTIONS.find(option => props[option] !== undefined);
}
