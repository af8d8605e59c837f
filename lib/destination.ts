import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CheckedDestination } from './private/checked-destination';
import { checkDnsLabel, checkHost } from './private/names';
import { checkNamespace } from './private/object-name';
import { checkConstruct, checkGiven, checkPort, checkStruct } from './private/validation';

/**
 * What a destination stands for in a manifest.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export interface DestinationConfig {
  /**
   * The host: a full name, or the short name of a service, which Istio completes with the
   * namespace of the resource that it is written in.
   */
  readonly host: string;

  /**
   * The namespace of the service, where it is known. Then `host` is the service's short name
   * and is rendered as `<host>.<namespace>.svc.<cluster domain>`.
   *
   * @default - unknown: the host is rendered as it is.
   */
  readonly namespace?: string;

  /**
   * The subset of the host's endpoints.
   *
   * @default - all endpoints.
   */
  readonly subset?: string;

  /**
   * The port of the host, from 1 to 65535.
   *
   * @default - the host's only port.
   */
  readonly port?: number;

  /**
   * The constructs that must be applied before anything that sends traffic to this destination.
   *
   * @default - none.
   */
  readonly dependencies?: IConstruct[];
}

/** Something that traffic can be sent to: a service, a subset of it, an external host. */
export interface IDestination {
  /** What stands for this destination in a manifest. */
  toDestinationConfig(): DestinationConfig;
}

/** A whole host, which traffic can be sent to on its only port or on one that is named. */
export interface IHostDestination extends IDestination {
  /**
   * The same host with a port.
   *
   * @param port the port of the host, from 1 to 65535
   */
  withPort(port: number): IHostDestination;
}

/** Which port of a service is meant. */
export interface ServiceHostFromServiceOptions {
  /**
   * The port of the service, from 1 to 65535.
   *
   * @default - the service's only port.
   */
  readonly port?: number;
}

/** Which service of a name is meant. */
export interface ServiceHostFromNameOptions extends ServiceHostFromServiceOptions {
  /**
   * The namespace of the service. Then the name is the service's short name, and the full name is rendered.
   *
   * @default - the name is rendered as it is.
   */
  readonly namespace?: string;
}

/**
 * A host of the service registry: a Kubernetes service, or any other name that the mesh knows.
 *
 * @example
 * const ratings = ServiceHost.fromName('ratings', { namespace: 'bookinfo', port: 9080 });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export class ServiceHost implements IDestination {
  /**
   * The host of a Service that is defined in this program: the L1 class of `cdk8s import`, that of
   * cdk8s-plus, or a plain `ApiObject`.
   *
   * @param service a construct whose API object is a Kubernetes Service
   * @throws when the construct is not a Service
   */
  public static fromService(service: IConstruct, options: ServiceHostFromServiceOptions = {}): ServiceHost {
    checkStruct('options', options, ['port']);
    const object = ApiObject.of(checkConstruct('service', service));
    if (object.kind !== 'Service' || object.apiVersion !== 'v1') {
      throw new Error(`[${service.node.path}] a service host needs a Service of apiVersion v1, got a ${object.kind} of ${object.apiVersion}`);
    }
    const { name, metadata: { namespace } } = object;
    checkHost(`[${service.node.path}] name`, name);
    if (namespace !== undefined) {
      checkDnsLabel(`[${service.node.path}] name`, name);
      checkNamespace(`[${service.node.path}] namespace`, namespace);
    }
    return new ServiceHost(name, namespace, checkPort('port', options.port));
  }

  /**
   * A host by name, for what is defined elsewhere.
   *
   * @param host the host as Istio shall read it, such as `reviews` or `reviews.prod.svc.cluster.local`
   * @throws when the name is not a host, or has dots next to a namespace
   */
  public static fromName(host: string, options: ServiceHostFromNameOptions = {}): ServiceHost {
    checkStruct('options', options, ['port', 'namespace']);
    checkHost('host', checkGiven('host', host));
    if (options.namespace !== undefined) {
      checkDnsLabel('host beside a namespace', host);
    }
    return new ServiceHost(host, checkNamespace('namespace', options.namespace), checkPort('port', options.port));
  }

  private readonly config: DestinationConfig;

  private constructor(host: string, namespace: string | undefined, port: number | undefined) {
    this.config = new CheckedDestination(host, namespace, undefined, port);
  }

  /**
   * The same host with a port.
   *
   * @param port the port of the service, from 1 to 65535
   * @throws when the port is not an integer in that range
   */
  public withPort(port: number): ServiceHost {
    return new ServiceHost(this.config.host, this.config.namespace, checkPort('port', checkGiven('port', port)));
  }

  public toDestinationConfig(): DestinationConfig {
    return this.config;
  }
}
