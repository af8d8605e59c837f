import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import type { ExportTo } from './export-to';
import type { DefaultRoute, HttpRoute } from './http-route';
import type { IHttpRouteSource } from './http-target';
import { HttpRouteList } from './private/http-route-list';
import { checkNamespace, checkObjectName } from './private/object-name';
import { renderExportTo } from './private/render-export-to';
import { checkGiven, checkStruct } from './private/validation';
import { WholeValidation } from './private/whole-validation';
import type { Wire } from './private/wire';
import { WrittenVirtualService } from './private/written-object';
import { Resource, ResourceProps } from './resource';
import type { VirtualServiceSpec } from '../imports/networking.istio.io';

/**
 * What delegated routes are called in a manifest.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate
 */
export interface DelegateRoutesConfig {
  /** The name of the resource that holds the routes. */
  readonly name: string;

  /**
   * The namespace of the resource, where it is known.
   *
   * @default - that of the virtual service that delegates.
   */
  readonly namespace?: string;

  /**
   * The constructs that must be applied before what delegates to the routes.
   *
   * @default - none.
   */
  readonly dependencies?: IConstruct[];
}

/** Routes that a virtual service can delegate to. */
export interface IDelegateRoutes {
  /** What the routes are called in a manifest. */
  toDelegateRoutesConfig(): DelegateRoutesConfig;
}

/** Where routes of a name are kept. */
export interface DelegateRoutesFromNameOptions {
  /**
   * The namespace of the routes.
   *
   * @default - that of the virtual service that delegates.
   */
  readonly namespace?: string;
}

/**
 * What delegated routes are made from.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute
 */
export interface DelegateRoutesProps extends ResourceProps {
  /**
   * The routes, in their order: the first that matches is taken.
   *
   * @default - none yet.
   */
  readonly httpRoutes?: HttpRoute[];

  /**
   * The route for requests that no other one takes. It comes last.
   *
   * @default - none: such requests go to the next route of the virtual service that delegates.
   */
  readonly defaultRoute?: DefaultRoute;

  /**
   * The namespaces that may delegate to the routes.
   *
   * @default ExportTo.all()
   */
  readonly exportTo?: ExportTo;
}

/**
 * HTTP routes that a virtual service delegates to, without hosts and gateways of their own: a virtual service that stays
 * with one team hands a part of its paths to others. A route is merged with the one that delegates: both their
 * matches must hold.
 *
 * @example
 * const cart = new DelegateRoutes(chart, 'Cart', {
 *   defaultRoute: { action: HttpAction.forward(ServiceHost.fromName('cart', { port: 8080 })) },
 * });
 * new VirtualService(chart, 'Shop', {
 *   hosts: ['shop.example.com'],
 *   httpRoutes: [{ matches: [{ uri: StringMatch.prefix('/cart') }], action: HttpAction.delegateTo(cart) }],
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate
 */
export class DelegateRoutes extends Resource implements IDelegateRoutes {
  /**
   * Routes by name, for what is defined elsewhere: a VirtualService without hosts.
   *
   * @throws when the name is not one of a Kubernetes object
   */
  public static fromName(name: string, options: DelegateRoutesFromNameOptions = {}): IDelegateRoutes {
    checkObjectName('name', checkGiven('name', name));
    checkStruct('options', options, ['namespace']);
    const config = { name, namespace: checkNamespace('namespace', options.namespace) };
    return { toDelegateRoutesConfig: () => config };
  }

  protected readonly apiObject: ApiObject;

  private readonly routes: HttpRouteList;
  private readonly exportTo?: string[];

  constructor(scope: Construct, id: string, props: DelegateRoutesProps = {}) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, ['metadata', 'httpRoutes', 'defaultRoute', 'exportTo']);
    this.apiObject = new WrittenVirtualService(this, props.metadata);
    this.exportTo = renderExportTo(this._at('exportTo'), props.exportTo, this.namespace, false);
    this.routes = new HttpRouteList(this, 'delegate', this._at('httpRoutes'), props.httpRoutes);
    if (props.defaultRoute !== undefined) {
      this.routes.setDefault(this._at('defaultRoute'), props.defaultRoute);
    }
    this.node.addValidation(new WholeValidation(this));
  }

  /**
   * Adds a route behind those that are there, and before the default one.
   *
   * @throws when the route is not one that Istio takes in delegated routes
   */
  public addHttpRoute(route: HttpRoute): void {
    this.routes.add(this._at('route'), route);
  }

  /**
   * Adds a route for HTTP in front of all that are there.
   *
   * @throws when the route is not one that Istio takes
   */
  public prependHttpRoute(route: HttpRoute): void {
    this.routes.prepend(this._at('route'), route);
  }

  /**
   * Adds routes that are known only when the app is complete, behind those that are added one by one and before the default route.
   *
   * @throws when the value is no source of routes. What is wrong with its routes is found when the app is complete
   */
  public addHttpRouteSource(source: IHttpRouteSource): void {
    this.routes.addSource(this._at('source'), source);
  }

  /**
   * Adds the route for requests that no other one takes. It comes last, whatever is added later.
   *
   * @throws when there is one already
   */
  public addDefaultRoute(route: DefaultRoute): void {
    this.routes.setDefault(this._at('route'), route);
  }

  /** What the routes are called in a manifest. */
  public toDelegateRoutesConfig(): DelegateRoutesConfig {
    return { name: this.name, namespace: this.namespace, dependencies: [this] };
  }

  /** @internal */
  public _toIstio(): Wire<VirtualServiceSpec> {
    return { http: this.routes.render(this), exportTo: this.exportTo };
  }

  /** @internal */
  public _brokenHandles(): string[] {
    return this.routes.brokenHandles();
  }

  /** @internal */
  public override _problems(): string[] {
    return this.routes.isEmpty ? ['delegate routes have no route, set defaultRoute or call addHttpRoute()'] : this.routes.validate();
  }
}
