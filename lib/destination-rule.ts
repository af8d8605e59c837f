import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { DestinationConfig, IDestination, IHostDestination } from './destination';
import type { ExportTo } from './export-to';
import { whyBroken } from './private/broken-handles';
import { CheckedDestination } from './private/checked-destination';
import { describe } from './private/describe';
import { HostDestination } from './private/host-destination';
import { checkDnsLabel, checkLabels, checkSelectorLabels } from './private/names';
import { checkDestination, checkWholeHost, renderHost } from './private/render-destination';
import { renderExportTo } from './private/render-export-to';
import { renderTrafficPolicy, TrafficPolicySpec, withPortPolicy } from './private/render-traffic-policy';
import { checkFilledList, checkGiven, checkMap, checkStruct, checkUnique } from './private/validation';
import type { Wire } from './private/wire';
import { WrittenDestinationRule } from './private/written-object';
import { Resource, ResourceProps } from './resource';
import { Subset, SubsetOptions } from './subset';
import type { PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import type { DestinationRuleSpec, DestinationRuleSpecSubsets } from '../imports/networking.istio.io';

/**
 * What a DestinationRule is made from.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule
 */
export interface DestinationRuleProps extends ResourceProps {
  /**
   * The host whose traffic the rule is about, as a whole. `ServiceHost.fromName()` also takes a wildcard such as
   * `*.example.com`, or `*` for all hosts.
   */
  readonly host: IDestination;

  /**
   * How traffic to the host is treated.
   *
   * @default - as Istio treats all traffic.
   */
  readonly trafficPolicy?: TrafficPolicy;

  /**
   * Parts of the host's endpoints that routes can send traffic to, by name.
   *
   * @default - none yet.
   */
  readonly subsets?: { [subsetName: string]: SubsetOptions };

  /**
   * The labels that a workload must have for its proxy to use the rule, at least one. Only workloads in the namespace of the rule are selected.
   *
   * @default - the proxies of all workloads use the rule.
   */
  readonly workloadSelector?: { [label: string]: string };

  /**
   * The namespaces whose proxies use the rule. Beside `workloadSelector` only the rule's own.
   *
   * @default ExportTo.all()
   */
  readonly exportTo?: ExportTo;
}

/** A rule that divides a host into subsets, wherever it is defined. */
export interface IDestinationRule extends IDestination {
  /**
   * A subset of the host, to send traffic to.
   *
   * @throws when the rule has no subset of that name
   */
  subset(subsetName: string): Subset;

  /** A subset of the host, or nothing when the rule has no subset of that name. */
  trySubset(subsetName: string): Subset | undefined;

  /**
   * The whole host with a port, to send traffic to.
   *
   * @param port the port of the service, from 1 to 65535
   * @throws when the port is not an integer in that range
   */
  withPort(port: number): IHostDestination;
}

/**
 * What happens to traffic after routing has chosen its host: into which subsets the host's endpoints are divided, and how
 * connections to them are made, limited, balanced and secured.
 *
 * @example
 * const reviews = new DestinationRule(chart, 'Reviews', {
 *   host: ServiceHost.fromName('reviews'),
 *   trafficPolicy: { loadBalancer: LoadBalancer.random() },
 *   subsets: { v1: { labels: { version: 'v1' } }, v2: { labels: { version: 'v2' } } },
 * });
 * const action = HttpAction.forward(reviews.subset('v2'));
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends Resource implements IDestinationRule {
  /**
   * The subsets of a rule that is defined elsewhere.
   *
   * @param host the host of the rule
   * @param names the names of the rule's subsets
   * @throws when the host is `*`, has a port or is that of a subset, or when there are no names, one repeats, or one is not made of
   *   letters, digits and `-`
   */
  public static fromSubsetNames(host: IDestination, names: string[]): IDestinationRule {
    return new ImportedDestinationRule(host, names);
  }

  protected readonly apiObject: ApiObject;

  private readonly host: IDestination;
  private trafficPolicy?: TrafficPolicySpec;
  private readonly subsets = new Map<string, { readonly handle: Subset; readonly spec: Wire<DestinationRuleSpecSubsets> }>();
  private readonly workloadSelector?: { readonly matchLabels: { [label: string]: string } };
  private readonly exportTo?: string[];

  constructor(scope: Construct, id: string, props: DestinationRuleProps) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, ['metadata', 'host', 'trafficPolicy', 'subsets', 'workloadSelector', 'exportTo']);
    this.host = checkWholeHost(this._at('host'), props.host);
    this.apiObject = new WrittenDestinationRule(this, props.metadata);
    this.trafficPolicy = this.renderPolicy('trafficPolicy', props.trafficPolicy);
    this.workloadSelector = props.workloadSelector === undefined
      ? undefined
      : { matchLabels: checkSelectorLabels(this._at('workloadSelector'), props.workloadSelector) };
    this.exportTo = this.renderVisibility(props.exportTo);
    if (props.subsets !== undefined) {
      checkMap(this._at('subsets'), props.subsets, (_item, options, subsetName) => this.takeSubset('subsets: name', subsetName, options));
    }
  }

  /**
   * Adds a subset.
   *
   * @param subsetName letters, digits and `-`, at most 63 characters
   * @returns the handle that routes send traffic to
   * @throws when the name is taken or the labels or the policy are not ones that Istio takes
   */
  public addSubset(subsetName: string, options: SubsetOptions = {}): Subset {
    return this.takeSubset('subsetName', subsetName, options);
  }

  /**
   * Adds how traffic to one port is treated. The port takes nothing over from the rule's own policy.
   *
   * @throws when the port has a policy already, or the policy says nothing or is not one that Istio takes
   */
  public addPortTrafficPolicy(policy: PortTrafficPolicy): void {
    this.trafficPolicy = withPortPolicy(this._at('policy'), this.trafficPolicy, policy, this.namespace);
  }

  /**
   * A subset, to send traffic to.
   *
   * @throws when the rule has no subset of that name
   */
  public subset(subsetName: string): Subset {
    return this.trySubset(subsetName) ?? missing(this._at(''), this.host, subsetName, [...this.subsets.keys()]);
  }

  /** A subset, or nothing when the rule has no subset of that name. */
  public trySubset(subsetName: string): Subset | undefined {
    return this.subsets.get(subsetName)?.handle;
  }

  public withPort(port: number): IHostDestination {
    return new HostDestination(this._at(''), this).withPort(port);
  }

  /** The whole host, to send traffic to. */
  public toDestinationConfig(): DestinationConfig {
    const config = this.host.toDestinationConfig();
    const dependencies = config.dependencies === undefined ? [this] : [this, ...config.dependencies];
    return config instanceof CheckedDestination
      ? new CheckedDestination(config.host, config.namespace, undefined, undefined, dependencies)
      : { host: config.host, namespace: config.namespace, dependencies };
  }

  /** @internal */
  public _toIstio(): Wire<DestinationRuleSpec> {
    return {
      host: renderHost(this, this.host.toDestinationConfig()),
      trafficPolicy: this.trafficPolicy,
      subsets: this.subsets.size === 0 ? undefined : Array.from(this.subsets.values(), subset => subset.spec),
      workloadSelector: this.workloadSelector,
      exportTo: this.exportTo,
    };
  }

  /** @internal */
  public _brokenHandles(): string[] {
    return whyBroken('host', () => this.host.toDestinationConfig());
  }

  private takeSubset(nameProperty: string, subsetName: string, options: SubsetOptions): Subset {
    const name = this._at(nameProperty);
    checkDnsLabel(name, checkGiven(name, subsetName));
    if (this.subsets.has(subsetName)) {
      throw new Error(this._at(`subset ${describe(subsetName)} is defined already`));
    }
    const property = `subsets['${subsetName}']`;
    checkStruct(this._at(property), options, ['labels', 'trafficPolicy']);
    const spec = {
      name: subsetName,
      labels: options.labels === undefined ? undefined : this.checkSubsetLabels(`${property}.labels`, options.labels),
      trafficPolicy: this.renderPolicy(`${property}.trafficPolicy`, options.trafficPolicy),
    };
    const handle = Subset._of(this, subsetName);
    this.subsets.set(subsetName, { handle, spec });
    return handle;
  }

  private renderPolicy(property: string, policy: TrafficPolicy | undefined): TrafficPolicySpec | undefined {
    return policy === undefined ? undefined : renderTrafficPolicy(this._at(property), policy, this.namespace);
  }

  private checkSubsetLabels(property: string, labels: { [key: string]: string }): { [key: string]: string } {
    const checked = checkLabels(this._at(property), labels);
    if (Object.keys(checked).length === 0) {
      throw new Error(this._at(`${property} must not be empty, leave it out for a subset of all endpoints`));
    }
    return checked;
  }

  private renderVisibility(exportTo: ExportTo | undefined): string[] | undefined {
    const names = renderExportTo(this._at('exportTo'), exportTo, this.namespace, false);
    if (this.workloadSelector !== undefined && names?.some(name => name !== '.' && name !== this.namespace)) {
      throw new Error(this._at('exportTo must be ExportTo.ownNamespace() or left out beside workloadSelector, which selects in the rule\'s own namespace only'));
    }
    return names;
  }
}

/** A rule that is defined elsewhere. */
class ImportedDestinationRule implements IDestinationRule {
  private readonly host: IDestination;
  private readonly subsets = new Map<string, Subset>();

  constructor(host: IDestination, names: string[]) {
    this.host = checkDestination('host', checkWholeHost('host', host));
    const checked = checkFilledList('names', checkGiven('names', names), checkDnsLabel)!;
    checkUnique('names', checked);
    checked.forEach(name => this.subsets.set(name, Subset._of(host, name)));
  }

  public subset(subsetName: string): Subset {
    return this.trySubset(subsetName) ?? missing('', this.host, subsetName, [...this.subsets.keys()]);
  }

  public trySubset(subsetName: string): Subset | undefined {
    return this.subsets.get(subsetName);
  }

  public withPort(port: number): IHostDestination {
    return new HostDestination('', this.host).withPort(port);
  }

  public toDestinationConfig(): DestinationConfig {
    return this.host.toDestinationConfig();
  }
}

function missing(path: string, host: IDestination, subsetName: string, defined: string[]): never {
  const existing = defined.length === 0 ? 'it has none yet, call addSubset()' : `defined subsets: ${defined.join(', ')}`;
  throw new Error(`${path}host ${describe(host.toDestinationConfig().host)} has no subset ${describe(subsetName)}, ${existing}`);
}
