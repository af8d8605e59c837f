import { getOrMake, groupBy } from '../../../mesh/collections';
import type { MeshModel } from '../../../mesh/model';
import { expandHost } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { DestinationRuleSpec, VirtualServiceSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { ruleKey } from './analyzer-names';
import { clientNamespaces } from './virtual-service-clients';

export const MISSING_SUBSET: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The subset of a destination is one of a DestinationRule for its host.',
  falseAlarms: 'The analyzer looks for the rule of an external host, or in a cluster domain other than cluster.local, in the namespace of the VirtualService alone, '
    + 'and does not know that an ExternalName Service stands for another host.',
  check: missingSubsets,
};

function* missingSubsets({ mesh, asksForMissing }: RuleContext): Iterable<Problem> {
  const { destinations, destinationRules } = analyzed(mesh);
  const byHost = groupBy(destinationRules, rule => ruleKey(rule.spec.host ?? '', rule.namespace));
  const namesByHost = new Map<string, ReadonlySet<string>>();
  for (const placed of destinations) {
    const { resource, destination: { host = '', subset = '' }, isMirror } = placed;
    const defined = subset === '' ? undefined : byHost.get(placed.keyOfRule);
    if (subset === '' || (defined !== undefined && (isAmong(defined[0], subset) || getOrMake(namesByHost, placed.keyOfRule, () => subsetNames(defined)).has(subset)))) {
      continue;
    }
    const name = expandHost(host, resource.namespace, mesh.config.clusterDomain);
    const rules = mesh.destinationRules.ofHost(name);
    if (rules.length > 0 || asksForMissing) {
      const names = [...subsetNames(rules)];
      yield {
        resource,
        path: `${placed.path}.subset`,
        message: rules.length === 0
          ? `names the subset '${subset}' of the host '${host}', for which there is no DestinationRule`
          : `must be a subset of the DestinationRule '${rules[0].key}': ${names.length === 0 ? 'it has none' : names.join(', ')}; got '${subset}'`,
        fix: `add the subset '${subset}' to the DestinationRule for this host, or name one that is there`,
        severity: isMirror ? Severity.WARNING : undefined,
        missing: rules.length === 0,
        falseAlarm: isFoundByAll(mesh, resource, name, subset),
      };
    }
  }
}

/** Up to this many, looking at all is faster than a set. */
const FEW = 12;

function isAmong({ spec: { subsets = [] } }: Resource<DestinationRuleSpec>, subset: string): boolean {
  return subsets.length <= FEW && subsets.some(({ name = '' }) => name === subset);
}

function subsetNames(rules: readonly Resource<DestinationRuleSpec>[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ spec: { subsets = [] } }) => subsets.map(({ name = '' }) => name)));
}

/** Whether the proxies that use the VirtualService find a rule with the subset where istiod looks for it. */
function isFoundByAll(mesh: MeshModel, resource: Resource<VirtualServiceSpec>, host: string, subset: string): boolean {
  const { resolution, externalName = host } = mesh.services.ofHost(host)[0] ?? {};
  const target = resolution === 'ALIAS' ? externalName : host;
  const owner = mesh.services.ofHost(target)[0]?.namespace ?? resource.namespace;
  const clients = clientNamespaces(mesh, resource);
  return clients.length > 0 && clients.every(client =>
    mesh.destinationRules.find(client, target, owner)?.rules.some(rule => rule.subsets.some(({ name }) => name === subset)) === true);
}
