import type { ApiObjectMetadata } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import type { DelegateRoutes } from '../delegate-routes';
import type { IDestination } from '../destination';
import type { ExportTo } from '../export-to';
import type { IGateway } from '../gateway';
import type { IHttpTarget } from '../http-target';
import type { PathDefaults, PathOptions } from './path-options';
import { checkDestination, renderHost } from '../private/render-destination';
import { MESH, renderGateways } from '../private/render-gateways';
import { checkFilledList, checkStruct, fail } from '../private/validation';
import { checkVirtualHost } from '../private/virtual-hosts';
import { SourceValidation } from '../private/whole-validation';
import { VirtualService } from '../virtual-service';
import { at } from './private/at';
import { destinationsOf, missingPorts } from './private/default-ports';
import { claimMeshHost } from './private/host-claims';
import { bindToGateways } from './private/ingress-gateways';
import { checkForward, compareEntries, coversEntry, PathEntry } from './private/path-entry';
import { PathTable } from './private/path-table';
import { reachOf } from './private/viewers';

/** What a SharedHost is made from. */
export interface SharedHostProps extends PathDefaults {
  /**
   * The hosts, by name. No two may overlap.
   *
   * @default - only those of `services`.
   */
  readonly hosts?: string[];

  /**
   * The hosts, by what stands for them in this program: services that clients in the mesh address.
   *
   * @default - only `hosts`.
   */
  readonly services?: IDestination[];

  /**
   * The gateways whose traffic is routed, whose servers cover the hosts; `Gateway.mesh()` stands for all sidecars.
   *
   * @default - all sidecars, and no gateway.
   */
  readonly gateways?: IGateway[];

  /**
   * What is done with requests that no path takes. It is the target of the path `/`.
   *
   * @default - such requests are answered with status 404.
   */
  readonly defaultTarget?: IHttpTarget;

  /**
   * The namespaces in which the routes have effect.
   *
   * @default ExportTo.all()
   */
  readonly exportTo?: ExportTo;

  /**
   * Name, namespace, labels and annotations of the virtual service.
   *
   * @default - a name made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;
}

const PROPS: (keyof SharedHostProps)[] = [
  'hosts', 'services', 'gateways', 'defaultTarget', 'exportTo', 'metadata', 'timeout', 'retries', 'corsPolicy',
];

/**
 * Hosts whose paths several teams share: one virtual service, to which every team adds its own paths, or of which it keeps a part as a
 * `DelegatedPath` in its own chart. The order of the calls does not matter; paths that two teams claim are an error that names both.
 *
 * @example
 * const shop = new SharedHost(chart, 'Shop', {
 *   hosts: ['shop.example.com'],
 *   gateways: [Gateway.fromGatewayName('public', { namespace: 'edge' })],
 * });
 * const cart = new Chart(app, 'cart', { namespace: 'cart' });
 * shop.addPath(cart, '/cart', HttpAction.forward(ServiceHost.fromName('cart', { namespace: 'cart', port: 8080 })));
 *
 * @see https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services
 */
export class SharedHost extends Construct {
  /** The routes. A route that is added here comes before those of the paths. */
  public readonly virtualService: VirtualService;

  private readonly table: PathTable;
  private readonly delegated: { readonly delegation: PathEntry; readonly entry: PathEntry }[] = [];
  private readonly defaults: PathDefaults;
  private readonly gatewaysOnly: boolean;
  private readonly readAtGateways: boolean;

  constructor(scope: Construct, id: string, props: SharedHostProps) {
    super(scope, id);
    checkStruct(at(this, 'props'), props, PROPS);
    const hosts = checkFilledList(at(this, 'hosts'), props.hosts, checkVirtualHost);
    const services = checkFilledList(at(this, 'services'), props.services, checkDestination);
    if (hosts === undefined && services === undefined) {
      throw new Error(`${at(this, 'hosts')} must be given, or services`);
    }
    const references = renderGateways(at(this, 'gateways'), props.gateways) ?? [MESH];
    this.virtualService = new VirtualService(this, 'VirtualService', { hosts, services, gateways: props.gateways, exportTo: props.exportTo, metadata: props.metadata });
    const allHosts = [...hosts ?? [], ...(services ?? []).map(service => renderHost(this, service.toDestinationConfig()))];
    const reach = reachOf(this, props.exportTo, this.virtualService.namespace);
    bindToGateways(this, (props.gateways ?? []).filter((_, index) => references[index] !== MESH), allHosts, reach, 'http');
    if (references.includes(MESH)) {
      allHosts.forEach(host => claimMeshHost(this, host, reach));
    }
    this.defaults = checkForward(at(this, ''), props);
    this.gatewaysOnly = !references.includes(MESH);
    this.table = new PathTable(this.virtualService, { defaults: this.defaults, gatewaysOnly: this.gatewaysOnly });
    this.virtualService.addHttpRouteSource(this.table);
    if (props.defaultTarget !== undefined) {
      this.table.add(this, '/', props.defaultTarget, { name: 'default' });
    }
    this.readAtGateways = references.some(reference => reference !== MESH);
    this.node.addValidation(new SourceValidation(
      () => this.table.isEmpty ? ['shared host has no path, call addPath() or set defaultTarget'] : this._validate(this.virtualService, this.table),
    ));
  }

  /**
   * Says where the requests for a path go. `/api` stands for `/api` and everything below it, but not for `/apix`.
   *
   * @param owner the construct whose path it is, such as the chart of a team: error messages name it
   * @param path a path that begins with `/`, or a pattern, as `options.pathType` says
   * @param target an action, or a pattern that decides among versions, such as CanaryRelease
   * @throws when the path cannot be read, somebody else's certainly takes the same requests, or an option is said twice or has no effect
   */
  public addPath(owner: IConstruct, path: string, target: IHttpTarget, options: PathOptions = {}): void {
    checkOwner(at(this, 'owner'), owner);
    this.refuseHiding(this.table.add(owner, path, target, options));
  }

  /**
   * Leaves a path to routes that are kept elsewhere.
   *
   * @internal
   */
  public _delegate(owner: IConstruct, path: string, target: IHttpTarget): PathEntry {
    const delegation = this.table.add(owner, path, target, {}, true);
    this.refuseHiding(delegation);
    return delegation;
  }

  /**
   * Takes note of a path that is kept elsewhere, below one that is left to it.
   *
   * @internal
   */
  public _addDelegated(delegation: PathEntry, entry: PathEntry): void {
    const hidden = this.table.list().find(other => hides(other, delegation, entry));
    if (hidden !== undefined) {
      throw new Error(hidingText(entry, hidden, entry.owner));
    }
    this.delegated.push({ delegation, entry });
  }

  /** @internal */
  public _tableFor(keeper: Construct, defaults: PathDefaults): PathTable {
    const { timeout = this.defaults.timeout, retries = this.defaults.retries, corsPolicy = this.defaults.corsPolicy } = defaults;
    return new PathTable(keeper, { defaults: { timeout, retries, corsPolicy }, gatewaysOnly: this.gatewaysOnly });
  }

  /**
   * What is wrong with the paths of a table as a whole.
   *
   * @internal
   */
  public _validate(keeper: VirtualService | DelegateRoutes, table: PathTable): string[] {
    const subjects = table.actions().map(({ entry, action }) => ({
      text: `${entry.text} of [${entry.owner.node.path}]`,
      destinations: destinationsOf(keeper, action),
    }));
    return [...table.validate(), ...this.readAtGateways ? missingPorts(keeper, keeper.namespace, subjects) : []];
  }

  private refuseHiding(added: PathEntry): void {
    const hidden = this.delegated.find(({ delegation, entry }) => hides(added, delegation, entry));
    if (hidden !== undefined) {
      throw new Error(hidingText(hidden.entry, added, added.owner));
    }
  }
}

/** Whether an entry of the root takes all requests of an entry that the root leaves to others, before it gets there. */
function hides(other: PathEntry, delegation: PathEntry, entry: PathEntry): boolean {
  return other !== delegation && compareEntries(other, delegation) < 0 && coversEntry(other, entry);
}

function hidingText(hidden: PathEntry, hiding: PathEntry, speaker: IConstruct): string {
  return `[${speaker.node.path}] ${hidden.text} of [${hidden.owner.node.path}] would never get a request, because ${hiding.text} of [${hiding.owner.node.path}] `
    + 'comes first and takes them all, leave one out';
}

function checkOwner(property: string, owner: IConstruct): void {
  if (!Construct.isConstruct(owner)) {
    fail(property, 'the construct whose path it is', owner);
  }
}
