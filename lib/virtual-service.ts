import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { IDestination } from './destination';
import type { ExportTo } from './export-to';
import type { IGateway } from './gateway';
import type { DefaultRoute, HttpRoute } from './http-route';
import type { IHttpRouteSource } from './http-target';
import { whyBroken } from './private/broken-handles';
import { describe } from './private/describe';
import { HttpRouteList } from './private/http-route-list';
import { applyAfter, checkDestination, dependOn, renderHost } from './private/render-destination';
import { renderExportTo } from './private/render-export-to';
import { MESH, renderGateway } from './private/render-gateways';
import { renderTcpMatch, renderTlsMatch } from './private/render-tcp-match';
import { checkFilledList, checkGiven, checkMadeBy, checkOptionalList, checkRequiredList, checkStruct } from './private/validation';
import { checkVirtualHost, HostSet, isPassthroughName } from './private/virtual-hosts';
import { WholeValidation } from './private/whole-validation';
import type { Wire } from './private/wire';
import { WrittenVirtualService } from './private/written-object';
import { Resource, ResourceProps } from './resource';
import type { TcpAction } from './tcp-action';
import type { TcpRoute } from './tcp-route';
import type { TlsRoute } from './tls-route';
import type { VirtualServiceSpec, VirtualServiceSpecTcpMatch, VirtualServiceSpecTlsMatch } from '../imports/networking.istio.io';

/**
 * What a VirtualService is made from.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService
 */
export interface VirtualServiceProps extends ResourceProps {
  /**
   * The hosts that clients address, by name: full names, short names of services (which Istio completes with the resource's
   * namespace), wildcards such as `*.example.com`, or IP addresses. No two may overlap.
   *
   * @default - only those of `services`.
   */
  readonly hosts?: string[];

  /**
   * The hosts that clients address, by what stands for them in this program. The routes are for all ports of a host.
   *
   * @default - only `hosts`.
   */
  readonly services?: IDestination[];

  /**
   * The gateways whose traffic is routed; `Gateway.mesh()` stands for all sidecars.
   *
   * @default - all sidecars, and no gateway.
   */
  readonly gateways?: IGateway[];

  /**
   * The routes for HTTP, in their order: the first that matches is taken.
   *
   * @default - none yet.
   */
  readonly httpRoutes?: HttpRoute[];

  /**
   * The routes for TLS that is not opened, in their order.
   *
   * @default - none yet.
   */
  readonly tlsRoutes?: TlsRoute[];

  /**
   * The routes for all other connections, in their order.
   *
   * @default - none yet.
   */
  readonly tcpRoutes?: TcpRoute[];

  /**
   * The HTTP route for requests that no other one takes. It comes last, whatever is added later.
   *
   * @default - none: such requests are answered with status 404.
   */
  readonly defaultRoute?: DefaultRoute;

  /**
   * The namespaces in which the routes have effect.
   *
   * @default ExportTo.all()
   */
  readonly exportTo?: ExportTo;
}

/**
 * Where traffic for some hosts goes: to which services, in which shares, with which changes on the way.
 *
 * @example
 * const reviews = ServiceHost.fromName('reviews', { port: 9080 });
 * new VirtualService(chart, 'Reviews', {
 *   services: [reviews],
 *   httpRoutes: [{
 *     matches: [{ headers: { 'x-tester': HeaderMatch.present() } }],
 *     action: HttpAction.forward(ServiceHost.fromName('reviews-next', { port: 9080 })),
 *   }],
 *   defaultRoute: { action: HttpAction.forward(reviews, { timeout: Duration.seconds(5) }) },
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends Resource {
  protected readonly apiObject: ApiObject;

  private readonly hostNames: string[];
  private readonly services: IDestination[] = [];
  private readonly knownHosts = new HostSet();
  private readonly gateways: string[] = [];
  private readonly httpRoutes: HttpRouteList;
  private readonly tlsRoutes: { readonly match: Wire<VirtualServiceSpecTlsMatch>[]; readonly action: TcpAction }[] = [];
  private readonly tcpRoutes: { readonly match?: Wire<VirtualServiceSpecTcpMatch>[]; readonly action: TcpAction }[] = [];
  private readonly exportTo?: string[];

  constructor(scope: Construct, id: string, props: VirtualServiceProps = {}) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, ['metadata', 'hosts', 'services', 'gateways', 'httpRoutes', 'tlsRoutes', 'tcpRoutes', 'defaultRoute', 'exportTo']);
    this.apiObject = new WrittenVirtualService(this, props.metadata);
    this.exportTo = renderExportTo(this._at('exportTo'), props.exportTo, this.namespace, false);
    this.hostNames = checkOptionalList(this._at('hosts'), props.hosts, (item, host) => this.checkHost(item, host));
    this._each('services', props.services, this.takeService);
    this._each('gateways', props.gateways, this.takeGateway);
    this.httpRoutes = new HttpRouteList(this, 'virtual service', this._at('httpRoutes'), props.httpRoutes);
    this._each('tlsRoutes', props.tlsRoutes, this.takeTlsRoute);
    this._each('tcpRoutes', props.tcpRoutes, this.takeTcpRoute);
    if (props.defaultRoute !== undefined) {
      this.httpRoutes.setDefault(this._at('defaultRoute'), props.defaultRoute);
    }
    this.node.addValidation(new WholeValidation(this));
  }

  /**
   * Adds a host by name.
   *
   * @throws when the name is not a host, or overlaps with another one
   */
  public addHost(host: string): void {
    this.hostNames.push(this.checkHost(this._at('host'), checkGiven(this._at('host'), host)));
  }

  /**
   * Adds the host of a service, a rule or an entry.
   *
   * @throws when the host is that of a subset, or overlaps with another one
   */
  public addService(service: IDestination): void {
    this.takeService(this._at('service'), service);
  }

  /**
   * Adds a gateway whose traffic is routed. The first one replaces the sidecars: `Gateway.mesh()` keeps them.
   *
   * @throws when the gateway is there already
   */
  public addGateway(gateway: IGateway): void {
    this.takeGateway(this._at('gateway'), gateway);
  }

  /**
   * Adds a route for HTTP behind those that are there, and before the default one.
   *
   * @throws when the route is not one that Istio takes
   */
  public addHttpRoute(route: HttpRoute): void {
    this.httpRoutes.add(this._at('route'), route);
  }

  /**
   * Adds a route for HTTP in front of all that are there.
   *
   * @throws when the route is not one that Istio takes
   */
  public prependHttpRoute(route: HttpRoute): void {
    this.httpRoutes.prepend(this._at('route'), route);
  }

  /**
   * Adds routes that are known only when the app is complete, behind those that are added one by one and before the default route.
   *
   * @throws when the value is no source of routes. What is wrong with its routes is found when the app is complete
   */
  public addHttpRouteSource(source: IHttpRouteSource): void {
    this.httpRoutes.addSource(this._at('source'), source);
  }

  /**
   * Adds a route for TLS that is not opened, behind those that are there.
   *
   * @throws when the route is not one that Istio takes
   */
  public addTlsRoute(route: TlsRoute): void {
    this.takeTlsRoute(this._at('route'), route);
  }

  /**
   * Adds a route for all other connections, behind those that are there.
   *
   * @throws when the route is not one that Istio takes
   */
  public addTcpRoute(route: TcpRoute): void {
    this.takeTcpRoute(this._at('route'), route);
  }

  /**
   * Adds the HTTP route for requests that no other one takes. It comes last, whatever is added later.
   *
   * @throws when there is one already
   */
  public addDefaultRoute(route: DefaultRoute): void {
    this.httpRoutes.setDefault(this._at('route'), route);
  }

  /** @internal */
  public _toIstio(): Wire<VirtualServiceSpec> {
    return {
      hosts: this.renderHosts(),
      gateways: this.gateways.length === 0 ? undefined : this.gateways,
      http: this.httpRoutes.render(this),
      tls: this.tlsRoutes.length === 0 ? undefined : this.tlsRoutes.map(({ match, action }) => ({ match, route: action._toTcpRoute(this) })),
      tcp: this.tcpRoutes.length === 0 ? undefined : this.tcpRoutes.map(({ match, action }) => ({ match, route: action._toTcpRoute(this) })),
      exportTo: this.exportTo,
    };
  }

  /** @internal */
  public override _problems(): string[] {
    const problems: string[] = [];
    const hosts = new HostSet();
    for (const host of this.renderHosts()) {
      const other = hosts.add(host);
      if (other !== undefined) {
        problems.push(`the hosts ${describe(other)} and ${describe(host)} overlap, which Istio refuses in one virtual service`);
      }
    }
    if (hosts.list().length === 0) {
      problems.push('virtual service has no host, set hosts or services, or use DelegateRoutes for routes that others delegate to');
    }
    if (this.httpRoutes.isEmpty && this.tlsRoutes.length === 0 && this.tcpRoutes.length === 0) {
      problems.push('virtual service has no routes, set defaultRoute or call addHttpRoute(), addTlsRoute() or addTcpRoute()');
    }
    return [...problems, ...this.httpRoutes.validate(), ...this.validateBinding(hosts), ...this.validateServerNames(hosts)];
  }

  /** @internal */
  public _brokenHandles(): string[] {
    return [
      ...this.services.flatMap((service, index) => whyBroken(`services[${index}]`, () => service.toDestinationConfig())),
      ...this.httpRoutes.brokenHandles(),
      ...this.tlsRoutes.flatMap(({ action }, index) => action._brokenHandles(`tlsRoutes[${index}].action`)),
      ...this.tcpRoutes.flatMap(({ action }, index) => action._brokenHandles(`tcpRoutes[${index}].action`)),
    ];
  }

  private renderHosts(): string[] {
    return [...this.hostNames, ...this.services.map(service => renderHost(this, service.toDestinationConfig()))];
  }

  private checkHost(property: string, host: string): string {
    checkVirtualHost(property, host);
    this.refuseOverlap(property, host);
    return host;
  }

  private takeService(property: string, service: IDestination): void {
    const { host, namespace, subset } = checkDestination(property, service).toDestinationConfig();
    if (subset !== undefined) {
      throw new Error(`${property} must be a whole host, got the subset ${describe(subset)} of ${describe(host)}, which only a route's action can choose`);
    }
    if (namespace === undefined) {
      this.refuseOverlap(property, host);
    }
    this.services.push(service);
    dependOn(this, service);
  }

  private refuseOverlap(property: string, host: string): void {
    const other = this.knownHosts.add(host);
    if (other !== undefined) {
      throw new Error(`${property} ${describe(host)} overlaps with the host ${describe(other)}, which Istio refuses in one virtual service`);
    }
  }

  private takeGateway(property: string, gateway: IGateway): void {
    const reference = renderGateway(property, gateway);
    if (this.gateways.includes(reference)) {
      throw new Error(`${property} ${describe(reference)} is a gateway of the virtual service already`);
    }
    this.gateways.push(reference);
  }

  private takeTlsRoute(property: string, route: TlsRoute): void {
    checkStruct(property, route, ['matches', 'action']);
    const match = checkRequiredList(`${property}.matches`, route.matches, renderTlsMatch);
    this.tlsRoutes.push({ match, action: this.takeAction(property, route) });
  }

  private takeTcpRoute(property: string, route: TcpRoute): void {
    checkStruct(property, route, ['matches', 'action']);
    const match = checkFilledList(`${property}.matches`, route.matches, renderTcpMatch);
    this.tcpRoutes.push({ match, action: this.takeAction(property, route) });
  }

  private takeAction(property: string, route: TcpRoute): TcpAction {
    const action = checkMadeBy(`${property}.action`, route.action, '_toTcpRoute', 'TcpAction, such as TcpAction.forward()');
    applyAfter(this, action._dependencies());
    return action;
  }

  /** What Istio takes only where sidecars do not read the routes. */
  private validateBinding(hosts: HostSet): string[] {
    if (this.gateways.length > 0 && !this.gateways.includes(MESH)) {
      return [];
    }
    const advice = this.gateways.length === 0 ? 'set gateways' : 'leave Gateway.mesh() out of gateways';
    return [
      ...hosts.list().filter(host => host === '*').map(() => `the host '*' is for gateways only, ${advice}, or name the hosts`),
      ...hosts.list().filter(isPassthroughName).map(host => `the host ${describe(host)} is for gateways only, ${advice}`),
      ...this.httpRoutes.claimMatches().map(place => `${place}.headers names claims of a JSON web token, which only gateways know, ${advice}`),
    ];
  }

  private validateServerNames(hosts: HostSet): string[] {
    if (this.tlsRoutes.length === 0) {
      return hosts.list().filter(isPassthroughName).map(host => `the host ${describe(host)} needs a route in tlsRoutes`);
    }
    return this.tlsRoutes.flatMap(({ match }, route) => match.flatMap(({ sniHosts }, index) => sniHosts.flatMap(name => {
      const place = `tlsRoutes[${route}].matches[${index}].sniHosts has ${describe(name)}`;
      if (isPassthroughName(name) && this.gateways.includes(MESH)) {
        return `${place}, which is for gateways only, leave Gateway.mesh() out of gateways`;
      }
      return hosts.covers(name) ? [] : `${place}, which the hosts of the virtual service do not cover: ${hosts.list().join(', ')}`;
    })));
  }
}
