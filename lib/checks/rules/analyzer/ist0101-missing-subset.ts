import { getOrMake } from '../../../mesh/collections';
import type { MeshModel } from '../../../mesh/model';
import { expandHost } from '../../../mesh/names';
import type { Resource } from '../../../mesh/resource';
import type { DestinationRuleSpec, VirtualServiceSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { ruleKey } from './analyzer-names';
import { destinationsOf } from './destinations';
import { clientNamespaces } from './virtual-service-clients';

export const MISSING_SUBSET: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The subset of a destination is one of a DestinationRule for its host.',
  falseAlarms: 'The analyzer looks for the rule of an external host, or in a cluster domain other than cluster.local, in the namespace of the VirtualService alone.',
  check: missingSubsets,
};

function* missingSubsets({ mesh }: RuleContext): Iterable<Problem> {
  const { virtualServices, destinationRules } = analyzed(mesh);
  const subsets = subsetsByHost(destinationRules);
  for (const resource of virtualServices) {
    const { spec, namespace } = resource;
    for (const { path, destination: { host = '', subset = '' }, isMirror } of destinationsOf(spec)) {
      if (subset !== '' && subsets.get(ruleKey(host, namespace))?.has(subset) !== true) {
        const name = expandHost(host, namespace, mesh.config.clusterDomain);
        const rules = mesh.destinationRules.ofHost(name);
        const names = [...new Set(rules.flatMap(rule => (rule.spec.subsets ?? []).map(each => each.name ?? '')))];
        yield {
          resource,
          path: `${path}.subset`,
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
}

function subsetsByHost(rules: readonly Resource<DestinationRuleSpec>[]): Map<string, Set<string>> {
  const byHost = new Map<string, Set<string>>();
  for (const { spec: { host = '', subsets = [] }, namespace } of rules) {
    const names = getOrMake(byHost, ruleKey(host, namespace), () => new Set<string>());
    subsets.forEach(({ name = '' }) => names.add(name));
  }
  return byHost;
}

/** Whether the proxies that use the VirtualService find a rule with the subset where istiod looks for it. */
function isFoundByAll(mesh: MeshModel, resource: Resource<VirtualServiceSpec>, host: string, subset: string): boolean {
  const owner = mesh.services.ofHost(host)[0]?.namespace ?? resource.namespace;
  const clients = clientNamespaces(mesh, resource);
  return clients.length > 0 && clients.every(client =>
    mesh.destinationRules.find(client, host, owner)?.rules.some(rule => rule.subsets.some(({ name }) => name === subset)) === true);
}
