import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { GatewaySelector } from './gateway-selector';
import type { GatewayServer } from './gateway-server';
import { checkDnsLabel } from './private/names';
import { checkNamespace } from './private/object-name';
import { portNames } from './private/port-names';
import { ServerConflicts, ServerSpec } from './private/server-conflicts';
import { checkServerHost } from './private/server-host';
import { checkGiven, checkList, checkMadeBy, checkStruct } from './private/validation';
import { WholeValidation } from './private/whole-validation';
import type { Wire } from './private/wire';
import { WrittenGateway } from './private/written-object';
import { Resource, ResourceProps } from './resource';
import type { GatewaySpec } from '../imports/networking.istio.io';

/** What a gateway is called in a manifest. */
export interface GatewayConfig {
  /** The name of the gateway; `mesh` stands for all sidecars. */
  readonly name: string;

  /**
   * The namespace of the gateway, where it is known.
   *
   * @default - unknown: the reference is rendered without one.
   */
  readonly namespace?: string;

  /**
   * The hosts that the gateway's servers take, each as in `GatewayServer`.
   *
   * @default - unknown.
   */
  readonly hosts?: string[];
}

/** Something that routes can be bound to: a Gateway, or the sidecars of the mesh. */
export interface IGateway {
  /** What this gateway is called in a manifest. */
  toGatewayConfig(): GatewayConfig;
}

/** Which gateway of a name is meant. */
export interface GatewayFromNameOptions {
  /**
   * The namespace of the gateway.
   *
   * @default - the namespace of the resource that refers to it.
   */
  readonly namespace?: string;
}

/** What is known of a gateway that is defined elsewhere. */
export interface GatewayAttributes {
  /** The name of the gateway. */
  readonly name: string;

  /**
   * The namespace of the gateway.
   *
   * @default - the namespace of the resource that refers to it.
   */
  readonly namespace?: string;

  /** The hosts that the gateway's servers take, such as `*.example.com`. */
  readonly hosts: string[];
}

/**
 * What a Gateway is made from.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#Gateway
 */
export interface GatewayProps extends ResourceProps {
  /** The proxies that open the ports. */
  readonly selector: GatewaySelector;

  /**
   * The ports that are opened, and for which hosts. At least one when the app is complete.
   *
   * @default - none yet.
   */
  readonly servers?: GatewayServer[];
}

/**
 * Ports that proxies at the edge of the mesh open, with the hosts and the TLS of each. Where the traffic goes then is said by the
 * virtual services that are bound to the gateway.
 *
 * @example
 * new Gateway(chart, 'Shop', {
 *   selector: GatewaySelector.ingress(),
 *   servers: [GatewayServer.http({ hosts: ['shop.example.com'] })],
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class Gateway extends Resource implements IGateway {
  /** All sidecars of the mesh: what routes are bound to when no gateway is named. */
  public static mesh(): IGateway {
    return { toGatewayConfig: () => ({ name: MESH }) };
  }

  /**
   * A gateway that is defined elsewhere.
   *
   * @param name the name of the gateway, without its namespace
   * @throws when the name is not one that a gateway can have
   */
  public static fromGatewayName(name: string, options: GatewayFromNameOptions = {}): IGateway {
    checkStruct('options', options, ['namespace']);
    return handle(name, options.namespace, undefined);
  }

  /**
   * A gateway that is defined elsewhere, whose hosts are known.
   *
   * @throws when an attribute is not one that a gateway can have
   */
  public static fromGatewayAttributes(attributes: GatewayAttributes): IGateway {
    checkStruct('attributes', attributes, ['name', 'namespace', 'hosts']);
    return handle(attributes.name, attributes.namespace, checkList('hosts', attributes.hosts, checkServerHost));
  }

  protected readonly apiObject: ApiObject;

  private readonly selector?: { [key: string]: string };
  private readonly servers: ServerSpec[] = [];
  private readonly conflicts: ServerConflicts;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, ['metadata', 'selector', 'servers']);
    this.selector = checkMadeBy(this._at('selector'), props.selector, '_toSelector', 'GatewaySelector, such as GatewaySelector.ingress()')._toSelector();
    this.apiObject = new WrittenGateway(this, props.metadata);
    checkGatewayName(this._at('metadata.name'), this.name, this.namespace);
    this.conflicts = new ServerConflicts(this.namespace);
    this._each('servers', props.servers, this.takeServer);
    this.node.addValidation(new WholeValidation(this));
  }

  /** The hosts of all servers, each once. */
  public get hosts(): string[] {
    return [...new Set(this.servers.flatMap(server => server.hosts))];
  }

  /**
   * Adds a server.
   *
   * @throws when its name or its port's name is taken, or Istio would drop it because of an earlier server on the same port
   */
  public addServer(server: GatewayServer): void {
    this.takeServer(this._at('server'), server);
  }

  public toGatewayConfig(): GatewayConfig {
    return { name: this.name, namespace: this.namespace, hosts: this.hosts };
  }

  /** @internal */
  public _toIstio(): Wire<GatewaySpec> {
    const names = portNames(this.servers.map(server => server.port));
    return {
      selector: this.selector,
      servers: this.servers.map((server, index) => ({ ...server, port: { ...server.port, name: names[index] } })),
    };
  }

  /** @internal */
  public override _problems(): string[] {
    return this.servers.length === 0 ? ['gateway has no server, set servers or call addServer()'] : [];
  }

  private takeServer(property: string, server: GatewayServer): void {
    const taken = checkMadeBy(property, server, '_toServer', 'GatewayServer, such as GatewayServer.https({ hosts, tls })')._toServer();
    const conflict = this.conflicts.conflictOf(taken);
    if (conflict !== undefined) {
      throw new Error(`${property} ${conflict}`);
    }
    this.conflicts.add(taken);
    this.servers.push(taken);
  }
}

const MESH = 'mesh';

function handle(name: string, namespace: string | undefined, hosts: string[] | undefined): IGateway {
  checkNamespace('namespace', namespace);
  checkGatewayName('name', checkGiven('name', name), namespace);
  return { toGatewayConfig: () => ({ name, namespace, hosts: hosts && [...hosts] }) };
}

function checkGatewayName(property: string, name: string, namespace: string | undefined): void {
  checkDnsLabel(property, name);
  if (name === MESH && namespace === undefined) {
    throw new Error(`${property} must not be '${MESH}' without a namespace, routes read it as all sidecars, which are Gateway.mesh()`);
  }
}
