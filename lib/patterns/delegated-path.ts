import type { ApiObjectMetadata } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { DelegateRoutes } from '../delegate-routes';
import { ExportTo } from '../export-to';
import { HttpAction } from '../http-action';
import type { IHttpTarget } from '../http-target';
import { PathDefaults, PathOptions, PathType } from './path-options';
import { describe } from '../private/describe';
import { renderHttpMatch, usesClaims } from '../private/render-http-match';
import { checkMadeBy, checkStruct } from '../private/validation';
import { SourceValidation } from '../private/whole-validation';
import { at } from './private/at';
import { checkForward, configOf, PathEntry, takeEntry } from './private/path-entry';
import { PathTable } from './private/path-table';
import { coversUri } from './private/uri-match';
import type { SharedHost } from './shared-host';

/** What a DelegatedPath is made from. What it leaves out of timeout, retries and CORS is as the shared host says. */
export interface DelegatedPathProps extends PathDefaults {
  /** The host of which this is a part. */
  readonly sharedHost: SharedHost;

  /** The path, whose requests, and those for everything below it, are left to the routes that are kept here. */
  readonly path: string;

  /**
   * Name, namespace, labels and annotations of the virtual service that keeps the routes.
   *
   * @default - a name made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * A part of a shared host that a team keeps in its own chart: the shared host's virtual service delegates the path to a virtual service here, which
 * only the namespace of the shared host sees.
 *
 * @example
 * const shop = new SharedHost(chart, 'Shop', {
 *   hosts: ['shop.example.com'],
 *   gateways: [Gateway.fromGatewayName('public', { namespace: 'edge' })],
 * });
 * const cart = new DelegatedPath(chart, 'Cart', { sharedHost: shop, path: '/cart' });
 * cart.addPath('/cart', HttpAction.forward(ServiceHost.fromName('cart', { port: 8080 })));
 * cart.addPath('/cart/checkout', HttpAction.forward(ServiceHost.fromName('checkout', { port: 8080 })));
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate
 */
export class DelegatedPath extends Construct {
  /** The routes. A route that is added here comes before those of the paths. */
  public readonly delegateRoutes: DelegateRoutes;

  private readonly sharedHost: SharedHost;
  private readonly path: string;
  private readonly table: PathTable;
  private readonly delegation: PathEntry;

  constructor(scope: Construct, id: string, props: DelegatedPathProps) {
    super(scope, id);
    checkStruct(at(this, 'props'), props, ['sharedHost', 'path', 'metadata', 'timeout', 'retries', 'corsPolicy']);
    this.sharedHost = checkMadeBy(at(this, 'sharedHost'), props.sharedHost, '_tableFor', 'new SharedHost()');
    this.path = props.path;
    const root = this.sharedHost.virtualService.namespace;
    const own = props.metadata?.namespace ?? Chart.of(this).namespace;
    if ((root === undefined) !== (own === undefined)) {
      throw new Error(`${at(this, 'metadata.namespace')} must be known ${own === undefined ? 'because' : 'only where'} that of the shared host is, `
        + `got ${describe(own)} here and ${describe(root)} there, set it in metadata or in the chart`);
    }
    this.delegateRoutes = new DelegateRoutes(this, 'DelegateRoutes', {
      metadata: props.metadata,
      exportTo: root === undefined || root === own ? ExportTo.ownNamespace() : ExportTo.namespaces([root]),
    });
    this.delegation = this.sharedHost._delegate(this, props.path, HttpAction.delegateTo(this.delegateRoutes));
    this.table = this.sharedHost._tableFor(this.delegateRoutes, checkForward(at(this, ''), props));
    this.delegateRoutes.addHttpRouteSource(this.table);
    this.node.addValidation(new SourceValidation(
      () => this.table.isEmpty ? ['delegated path has no path, call addPath()'] : this.sharedHost._validate(this.delegateRoutes, this.table),
    ));
  }

  /**
   * Says where the requests for a path go. What no path takes goes on to the next shorter path of the shared host.
   *
   * @param path a whole path that lies at or below the delegated one
   * @param target an action that does not delegate, or a pattern that decides among versions, such as CanaryRelease
   * @throws when Istio could not merge the route with the one that delegates and would drop it, or another path certainly takes the same requests
   */
  public addPath(path: string, target: IHttpTarget, options: PathOptions = {}): void {
    this.checkMergeable(takeEntry(this, path, target, options));
    this.sharedHost._addDelegated(this.delegation, this.table.add(this, path, target, options));
  }

  private checkMergeable(entry: PathEntry): void {
    const { uris, pathType } = entry;
    if (this.path !== '/' && pathType === PathType.REGEX) {
      throw new Error(`${at(this, 'path')} must not be a pattern, got ${describe(entry.path)}: Istio cannot merge it with the delegated path ${describe(this.path)} and would drop it, `
        + 'add it to the shared host itself');
    }
    if (this.path !== '/' && !uris.every(uri => this.delegation.uris.some(other => coversUri(other, uri)))) {
      throw new Error(`${at(this, 'path')} must lie at or below ${describe(this.path)}, got ${entry.text}: Istio cannot merge it with the delegated path and would drop it`);
    }
    const { routes } = configOf(entry);
    if (routes.some(({ action }) => action._isDelegation())) {
      throw new Error(`${at(this, 'target')} must not delegate, Istio follows one level of delegation only`);
    }
    const matches = [entry.conditions, ...routes.flatMap(route => route.matches ?? [])];
    const headers = matches.map(match => match.headers).filter(each => each !== undefined);
    if (headers.some(each => usesClaims(renderHttpMatch(at(this, 'options'), { headers: each })))) {
      throw new Error(`${at(this, 'options.headers')} must not name claims of a JSON web token, Istio takes them only in a virtual service with gateways, add the path to the shared host itself`);
    }
  }
}
