import { compareByAge } from './age';
import { getOrMake, groupBy } from './collections';
import { HostIndex } from './host-index';
import { isSelected, sameLabels } from './labels';
import { NO_LABELS, TextMap } from './manifest';
import type { MeshConfig } from './mesh-options';
import { expandHost } from './names';
import type { Resource } from './resource';
import type { Resources } from './resources';
import type { DestinationRuleSpec, SubsetSpec, TrafficPolicy } from './specs';
import { ExportTo, includesExport, sameExport } from './visibility';

/** A subset of a merged rule and the object that defines it. */
export interface RuleSubset {
  readonly name: string;
  readonly spec: SubsetSpec;
  readonly resource: Resource<DestinationRuleSpec>;

  /** The position in the `subsets` of the object. */
  readonly index: number;
}

/** What Istio makes of the DestinationRules for one host in one namespace. */
export interface MergedRule {
  /** The full name of the host. */
  readonly host: string;
  readonly namespace: string;

  /** The objects that went into it, the oldest first. */
  readonly from: readonly Resource<DestinationRuleSpec>[];

  /** The namespaces that it is exported to: those that the oldest object names. Empty for all. */
  readonly exportTo: ExportTo;

  /** The labels of the clients that it is for. */
  readonly workloadSelector?: TextMap;
  readonly subsets: readonly RuleSubset[];
  readonly trafficPolicy?: { readonly policy: TrafficPolicy; readonly resource: Resource<DestinationRuleSpec> };

  /** Subsets whose name an older object has taken. */
  readonly ignoredSubsets: readonly RuleSubset[];

  /** Objects whose traffic policy an older one's hides. */
  readonly ignoredPolicies: readonly Resource<DestinationRuleSpec>[];
}

/** Where the rules for a client were found. */
export type RuleTier = 'client' | 'service' | 'root';

/** The rules that a client finds for a host; which of them it takes depends on its labels. */
export interface FoundRules {
  readonly tier: RuleTier;

  /** The host of the rules, which may be a wildcard. */
  readonly host: string;
  readonly rules: readonly MergedRule[];
}

type RuleIndex = HostIndex<MutableRule[]>;

interface NamespaceRules {
  /** What clients of the namespace itself see. */
  readonly local: RuleIndex;

  /** What clients of other namespaces may see. */
  readonly exported: RuleIndex;

  /** What only the namespace itself sees. */
  readonly private: RuleIndex;
}

type MutableRule = { -readonly [Key in keyof MergedRule]: MergedRule[Key] };

/** All DestinationRules: which of them a client takes for a host, and what it is merged from. */
export class DestinationRules {
  private readonly byNamespace: ReadonlyMap<string, readonly Resource<DestinationRuleSpec>[]>;
  private readonly merged = new Map<string, NamespaceRules>();
  private readonly hosts = new HostIndex<Resource<DestinationRuleSpec>[]>();

  constructor(resources: Resources, private readonly config: MeshConfig) {
    const bySelectorAndAge = [...resources.destinationRules].sort((a, b) => withSelectorFirst(a) - withSelectorFirst(b) || compareByAge(a, b));
    this.byNamespace = groupBy(bySelectorAndAge, resource => resource.namespace);
    for (const resource of resources.destinationRules) {
      this.hosts.getOrSet(this.hostOf(resource), () => []).push(resource);
    }
  }

  /** The full name of the host of a DestinationRule. */
  public hostOf(resource: Resource<DestinationRuleSpec>): string {
    return expandHost(resource.spec.host ?? '', resource.namespace, this.config.clusterDomain);
  }

  /** The DestinationRules of exactly this host, in all namespaces, in the order in which they came. */
  public ofHost(host: string): readonly Resource<DestinationRuleSpec>[] {
    return this.hosts.get(host) ?? [];
  }

  /** The DestinationRules whose host covers a host, in all namespaces, the most specific first. */
  public covering(host: string): readonly Resource<DestinationRuleSpec>[] {
    return [...this.hosts.covering(host)].flatMap(entry => entry.value);
  }

  /** The namespaces in which several DestinationRules are for one host. */
  public namespacesWithRivals(): ReadonlySet<string> {
    const namespaces = new Set<string>();
    for (const { value: rules } of this.hosts.entries()) {
      const owners = rules.length > 1 ? groupBy(rules, rule => rule.namespace) : [];
      for (const [namespace, rivals] of owners) {
        if (rivals.length > 1) {
          namespaces.add(namespace);
        }
      }
    }
    return namespaces;
  }

  /** What the DestinationRules of a namespace are merged to, for clients of the namespace itself. */
  public mergedIn(namespace: string): readonly MergedRule[] {
    return [...this.rulesOf(namespace).local.entries()].flatMap(entry => entry.value);
  }

  /**
   * The rules that clients of a namespace find for a service: in their own namespace, in that of the service,
   * in the root namespace. The search ends at the first that has any rule for the host.
   */
  public find(clientNamespace: string, hostname: string, serviceNamespace: string): FoundRules | undefined {
    const root = this.config.rootNamespace;
    const own = this.rulesOf(clientNamespace);
    const local = (clientNamespace === root ? own.private : own.local).mostSpecific(hostname);
    if (local !== undefined) {
      return { tier: 'client', host: local.host, rules: local.value };
    }
    return this.findExported('service', serviceNamespace, hostname, clientNamespace) ?? this.findExported('root', root, hostname, clientNamespace);
  }

  /** The rule that a client with these labels takes of those found. */
  public select(found: FoundRules | undefined, clientNamespace: string, labels: TextMap): MergedRule | undefined {
    let general: MergedRule | undefined;
    for (const rule of found?.rules ?? []) {
      if (rule.workloadSelector === undefined) {
        general = rule;
      } else if (rule.namespace === clientNamespace && isSelected(rule.workloadSelector, labels)) {
        return rule;
      }
    }
    return general;
  }

  private findExported(tier: RuleTier, owner: string, hostname: string, client: string): FoundRules | undefined {
    const entry = this.rulesOf(owner).exported.mostSpecific(hostname);
    if (entry === undefined) {
      return undefined;
    }
    const rules = entry.value.filter(({ exportTo }) => exportTo.size === 0 || exportTo.has('*') || exportTo.has(client));
    // the most specific rules hide the broader ones of the namespace also where they are not exported to the client
    return rules.length === 0 ? undefined : { tier, host: entry.host, rules };
  }

  private rulesOf(namespace: string): NamespaceRules {
    return getOrMake(this.merged, namespace, () => {
      const rules = { local: new HostIndex<MutableRule[]>(), exported: new HostIndex<MutableRule[]>(), private: new HostIndex<MutableRule[]>() };
      for (const resource of this.byNamespace.get(namespace) ?? []) {
        const { spec } = resource;
        const exportTo = spec.workloadSelector === undefined ? exportOf(spec.exportTo) : OWN_NAMESPACE;
        const rule = ruleOf(this.hostOf(resource), resource, exportTo);
        if (exportTo.size === 0 || exportTo.has('*') || exportTo.has('.') || exportTo.has(namespace)) {
          mergeInto(rules.local, { ...rule }, resource);
        }
        const isPrivate = exportTo.size === 0
          ? this.config.destinationRuleExportTo.has('.')
          : exportTo.size === 1 && (exportTo.has('.') || exportTo.has(namespace));
        mergeInto(isPrivate ? rules.private : rules.exported, rule, resource);
      }
      return rules;
    });
  }
}

const OWN_NAMESPACE: ExportTo = new Set(['.']);
const UNSAID: ExportTo = new Set();

function exportOf(given: readonly string[] | undefined): ExportTo {
  return given === undefined || given.length === 0 ? UNSAID : new Set(given);
}

function withSelectorFirst(resource: Resource<DestinationRuleSpec>): number {
  return resource.spec.workloadSelector === undefined ? 1 : 0;
}

/** Merges an object into the older rules of its host that it fits, or puts it beside them. */
function mergeInto(index: RuleIndex, rule: MutableRule, resource: Resource<DestinationRuleSpec>): void {
  const { exportTo } = rule;
  const rules = index.getOrSet(rule.host, () => []);
  let isSeparate = true;
  for (const existing of rules) {
    const isSame = sameExport(exportTo, existing.exportTo);
    const isWider = existing.exportTo.size > 0 && includesExport(exportTo, existing.exportTo);
    const bothSelect = existing.workloadSelector !== undefined && rule.workloadSelector !== undefined;
    const selectSame = bothSelect && sameLabels(existing.workloadSelector!, rule.workloadSelector!);
    if ((!isSame && !isWider) || (bothSelect && !selectSame)) {
      isSeparate = true;
      continue;
    }
    const neitherSelects = existing.workloadSelector === undefined && rule.workloadSelector === undefined;
    isSeparate = !isSame && !neitherSelects && !selectSame;
    absorb(existing, rule, resource);
  }
  if (isSeparate) {
    rules.push(rule);
  }
}

// lists are replaced, never added to
const NONE: readonly never[] = [];

function ruleOf(host: string, resource: Resource<DestinationRuleSpec>, exportTo: ExportTo): MutableRule {
  const { spec } = resource;
  return {
    host,
    namespace: resource.namespace,
    from: [resource],
    exportTo,
    workloadSelector: spec.workloadSelector === undefined ? undefined : spec.workloadSelector.matchLabels ?? NO_LABELS,
    subsets: (spec.subsets ?? []).map((subset, index) => ({ name: subset.name ?? '', spec: subset, resource, index })),
    trafficPolicy: spec.trafficPolicy === undefined ? undefined : { policy: spec.trafficPolicy, resource },
    ignoredSubsets: NONE,
    ignoredPolicies: NONE,
  };
}

function absorb(existing: MutableRule, younger: MergedRule, resource: Resource<DestinationRuleSpec>): void {
  const names = new Set(existing.subsets.map(subset => subset.name));
  existing.from = [...existing.from, resource];
  existing.subsets = [...existing.subsets, ...younger.subsets.filter(subset => !names.has(subset.name))];
  existing.ignoredSubsets = [...existing.ignoredSubsets, ...younger.subsets.filter(subset => names.has(subset.name))];
  if (existing.trafficPolicy === undefined) {
    existing.trafficPolicy = younger.trafficPolicy;
  } else if (younger.trafficPolicy !== undefined) {
    existing.ignoredPolicies = [...existing.ignoredPolicies, resource];
  }
}
