import type { ApiObjectMetadata } from 'cdk8s';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IDestination } from '../destination';
import { DestinationRule } from '../destination-rule';
import type { ExportTo } from '../export-to';
import type { IGateway } from '../gateway';
import type { HttpAction, HttpForwardOptions } from '../http-action';
import type { HttpTargetConfig, IHttpTarget } from '../http-target';
import type { Subset } from '../subset';
import { checkService, checkVersion, withoutPort } from './private/versions';
import type { Version } from './private/versions';
import { renderHost } from '../private/render-destination';
import { checkBoolean, checkFilledList, checkObject } from '../private/validation';
import { checkVirtualHost } from '../private/virtual-hosts';
import type { TrafficPolicy } from '../traffic-policy';
import type { VirtualServiceProps } from '../virtual-service';
import { VirtualService } from '../virtual-service';
import { at, made } from './private/at';
import type { PlacedAudience } from './private/audiences';
import { claimGatewayHosts, claimMeshHost, claimMeshHostLater, claimRule } from './private/host-claims';
import { hostProblems, takeGateways } from './private/release-gateways';
import type { Reader, ReleaseRoute } from './private/release-routes';
import { isKnownTo, routesFor } from './private/release-routes';
import { namespaceOf, reachOf } from './private/viewers';
import type { Reach } from './private/viewers';

/** What every pattern takes that decides among the versions of a service. What is said of forwarding holds for all its routes. */
export interface ReleaseProps extends HttpForwardOptions {
  /** The service whose versions are decided among, as a whole host. */
  readonly service: IDestination;

  /**
   * Whether requests of clients in the mesh are decided about, in a virtual service of their own.
   *
   * @default - true, unless the release is the target of a path.
   */
  readonly mesh?: boolean;

  /**
   * The gateways whose requests are decided about, in a virtual service of their own. Takes `hosts`.
   *
   * @default - none.
   */
  readonly gateways?: IGateway[];

  /**
   * The hosts by which clients address the service at `gateways`.
   *
   * @default - none.
   */
  readonly hosts?: string[];

  /**
   * How the service is spoken to, whatever its version.
   *
   * @default - as Istio does it.
   */
  readonly trafficPolicy?: TrafficPolicy;

  /**
   * The namespaces in which all that the release makes has effect.
   *
   * @default ExportTo.all()
   */
  readonly exportTo?: ExportTo;

  /**
   * Namespace, labels and annotations of all that the release makes, and the name of its destination rule and its virtual service for the
   * mesh; further ones add to that name, as in `<name>-gateway`.
   *
   * @default - names made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * Base of the patterns that decide among the versions of a service: one destination rule in which every version is a subset, and routes.
 *
 * A release stands alone, with a virtual service for the mesh and one for gateways, or it is the target of a path, whose virtual service has the
 * routes then. Mesh and gateways need separate virtual services, because Istio does not look at the labels of clients in a match that names gateways.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/traffic-shifting/
 */
export abstract class Release extends Construct implements IHttpTarget {
  /** The rule that defines the versions as subsets. */
  public readonly destinationRule: DestinationRule;

  private readonly service: IDestination;
  private readonly mesh?: boolean;
  private readonly gateways?: IGateway[];
  private readonly hosts?: string[];
  private readonly exportTo?: ExportTo;
  private readonly resourceMetadata?: ApiObjectMetadata;
  private readonly reach: Reach;
  private readonly versions: Version[] = [];
  private routes: readonly ReleaseRoute[] = [];
  private meshRoutes?: VirtualService;
  private gatewayRoutes?: VirtualService;
  private takenBack?: VirtualService;
  private giveMeshHostBack?: () => void;
  private isTarget = false;

  constructor(scope: Construct, id: string, props: ReleaseProps) {
    super(scope, id);
    checkObject(this._at('props'), props);
    this.mesh = checkBoolean(this._at('mesh'), props.mesh);
    this.exportTo = props.exportTo;
    this.resourceMetadata = props.metadata;
    this.service = checkService(this._at('service'), props.service);
    this.gateways = takeGateways(this._at('gateways'), props.gateways);
    this.hosts = checkFilledList(this._at('hosts'), props.hosts, checkVirtualHost);
    this.checkBinding();
    this.reach = reachOf(this, props.exportTo, namespaceOf(this, props.metadata));
    claimRule(this, this.host, this.reach);
    this.destinationRule = new DestinationRule(this, 'DestinationRule', {
      host: withoutPort(this.service),
      trafficPolicy: props.trafficPolicy,
      exportTo: props.exportTo,
      metadata: props.metadata,
    });
    this.node.addValidation({ validate: () => this.validateRelease() });
  }

  /**
   * The virtual service that has the routes.
   *
   * @throws when there are two, or none because the release is the target of a path
   */
  public get virtualService(): VirtualService {
    if (this.meshRoutes !== undefined && this.gatewayRoutes !== undefined) {
      throw new Error(`${this._at('virtualService')} could be either of two, use meshVirtualService or gatewayVirtualService`);
    }
    const only = this.meshRoutes ?? this.gatewayRoutes;
    if (only === undefined) {
      throw new Error(`${this._at('virtualService')} does not exist, ${this.isTarget
        ? 'because the release is the target of a path, whose virtual service has the routes: set mesh to true to have one for the mesh as well'
        : 'because mesh is false and there are no gateways'}`);
    }
    return only;
  }

  /** The virtual service for clients in the mesh, if there is one. */
  public get meshVirtualService(): VirtualService | undefined {
    return this.meshRoutes;
  }

  /** The virtual service for `gateways`, if there is one. */
  public get gatewayVirtualService(): VirtualService | undefined {
    return this.gatewayRoutes;
  }

  /**
   * The routes as those of a path. From then on the release has a virtual service for the mesh only if `mesh` says so, which then also has
   * the routes for clients in the mesh that a gateway does not know.
   *
   * @throws when something was added to the virtual service that goes
   */
  public toHttpTargetConfig(): HttpTargetConfig {
    this.isTarget = true;
    if (this.mesh === undefined && this.meshRoutes !== undefined) {
      this.takeBack(this.meshRoutes);
    }
    const { name, action } = this.lastRoute();
    return { routes: [...routesFor(this.mesh === true ? 'gateway' : undefined, this.routes), { name, action }], dependencies: [this.destinationRule] };
  }

  /**
   * The routes as they stand in a virtual service of the release itself, which it keeps; nothing for any other.
   *
   * @internal
   */
  public _ownRoutes(virtualService: VirtualService): HttpTargetConfig | undefined {
    if (virtualService !== this.meshRoutes && virtualService !== this.gatewayRoutes) {
      return undefined;
    }
    const { name, action } = this.lastRoute();
    return { routes: [...routesFor(virtualService === this.meshRoutes ? 'mesh' : 'gateway', this.routes), { name, action }] };
  }

  /**
   * A property as error messages show it: behind the construct's path.
   *
   * @internal
   */
  protected _at(property: string): string {
    return at(this, property);
  }

  /**
   * Defines a version as a subset, which has the port of the service where that is known.
   *
   * @internal
   */
  protected _addVersion(version: Version, trafficPolicy: TrafficPolicy | undefined): Subset {
    checkVersion(this._at(''), version, this.versions);
    this.versions.push(version);
    const subset = this.destinationRule.addSubset(version.name, { labels: version.labels, trafficPolicy });
    const { port } = this.service.toDestinationConfig();
    return port === undefined ? subset : subset.withPort(port);
  }

  /**
   * An action that is made from props, so that its errors get the construct's path.
   *
   * @internal
   */
  protected _action(make: () => HttpAction): HttpAction {
    return made(this._at(''), make);
  }

  /**
   * Makes the virtual services.
   *
   * @param routes all routes, of which the last one is for everybody
   * @internal
   */
  protected _publish(routes: readonly ReleaseRoute[]): void {
    this.routes = routes;
    if (this.mesh === true) {
      claimMeshHost(this, this.host, this.reach);
    }
    if (this.mesh !== false) {
      this.giveMeshHostBack = this.mesh === undefined ? claimMeshHostLater(this, this.host, this.reach) : undefined;
      this.meshRoutes = this.makeVirtualService('MeshRoutes', 'mesh', routes, { services: [withoutPort(this.service)], metadata: this.resourceMetadata });
    }
    if (this.gateways !== undefined) {
      this.gatewayRoutes = this._publishAtGateways('GatewayRoutes', 'gateway', routes, this.gateways, this.hosts!);
    }
  }

  /**
   * Makes a virtual service for gateways.
   *
   * @internal
   */
  protected _publishAtGateways(id: string, suffix: string, routes: readonly ReleaseRoute[], gateways: IGateway[], hosts: string[]): VirtualService {
    gateways.forEach(gateway => claimGatewayHosts(this, gateway, hosts, this.reach, 'http'));
    this.checkPort();
    this.node.addValidation({ validate: () => hostProblems(gateways, hosts, this.destinationRule.namespace) });
    const name = this.resourceMetadata?.name;
    return this.makeVirtualService(id, 'gateway', routes, {
      hosts,
      gateways,
      metadata: name === undefined ? this.resourceMetadata : { ...this.resourceMetadata, name: `${name}-${suffix}` },
    });
  }

  private makeVirtualService(id: string, reader: Reader, routes: readonly ReleaseRoute[], props: VirtualServiceProps): VirtualService {
    const { name, action } = routes[routes.length - 1];
    const virtualService = new VirtualService(this, id, { ...props, defaultRoute: { name, action }, exportTo: this.exportTo });
    virtualService.addHttpRouteSource({ toHttpRoutesConfig: () => ({ routes: routesFor(reader, routes) }) });
    virtualService.node.addDependency(this.destinationRule);
    return virtualService;
  }

  private get host(): string {
    return renderHost(this, this.service.toDestinationConfig());
  }

  private lastRoute(): ReleaseRoute {
    return this.routes[this.routes.length - 1];
  }

  private checkBinding(): void {
    if ((this.gateways === undefined) !== (this.hosts === undefined)) {
      const [there, missing] = this.hosts === undefined ? ['gateways', 'hosts'] : ['hosts', 'gateways'];
      throw new Error(`${this._at(there)} must have ${missing} beside it, routes at a gateway are for the hosts that clients address there`);
    }
  }

  /** Without a port Istio takes the port of the gateway for that of a service with several ports. */
  private checkPort(): void {
    if (this.service.toDestinationConfig().port === undefined) {
      throw new Error(`${this._at('service')} must have a port for gateways, which otherwise take their own port for it, use withPort()`);
    }
  }

  /** Removes the virtual service for the mesh, in which nobody else must have an interest. */
  private takeBack(virtualService: VirtualService): void {
    if (this.hasForeignRoutes(virtualService)) {
      throw new Error(this._at(FOREIGN_ROUTES));
    }
    this.node.tryRemoveChild(virtualService.node.id);
    this.giveMeshHostBack?.();
    this.takenBack = virtualService;
    this.meshRoutes = undefined;
  }

  private hasForeignRoutes(virtualService: VirtualService): boolean {
    const { http, tls, tcp } = ApiObject.of(virtualService).toJson().spec;
    return http.length !== routesFor('mesh', this.routes).length + 1 || tls !== undefined || tcp !== undefined;
  }

  private validateRelease(): string[] {
    if (this.takenBack !== undefined && this.hasForeignRoutes(this.takenBack)) {
      return [FOREIGN_ROUTES];
    }
    if (this.isTarget) {
      return [];
    }
    if (this.meshRoutes === undefined && this.gatewayRoutes === undefined) {
      return ['release has no routes, because mesh is false, gateways are not set, and it is not the target of a path'];
    }
    return this.routes.flatMap(({ audiences = [] }) => audiences).flatMap(placed => this.validateAudience(placed));
  }

  /** What is wrong with an audience that nobody who reads the routes can tell. */
  private validateAudience(placed: PlacedAudience): string[] {
    const [knownInMesh, knownAtGateways] = [isKnownTo('mesh', placed), isKnownTo('gateway', placed)];
    if ((this.meshRoutes !== undefined && knownInMesh) || (this.gatewayRoutes !== undefined && knownAtGateways)) {
      return [];
    }
    return knownInMesh
      ? [`${placed.place} asks where requests come from, which gateways do not know: set mesh to true, or leave it out`]
      : [`${placed.place} asks for a claim of a JSON web token, which only gateways know: set gateways and hosts, or leave it out`];
  }
}

const FOREIGN_ROUTES = 'virtualService was given routes of its own, which would be lost now that the release is the target of a path: '
  + 'set mesh to true to keep it, or give those routes to the virtual service of the path';
