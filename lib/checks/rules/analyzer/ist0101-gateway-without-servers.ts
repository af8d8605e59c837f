import { NO_LABELS } from '../../../mesh/manifest';
import type { Resource } from '../../../mesh/resource';
import type { GatewaySpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { selectorText } from './analyzer-names';
import { relatedSelectors } from './related-selectors';

export const GATEWAY_WITHOUT_SERVERS: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'A Gateway has servers.',
  falseAlarms: 'Where it compares Gateways, the analyzer takes the selector of one without servers for one that selects no pods. The webhook refuses such a Gateway (GW2).',
  check: gatewaysWithoutServers,
};

function* gatewaysWithoutServers({ mesh }: RuleContext): Iterable<Problem> {
  const { gateways, pods } = analyzed(mesh);
  const hasServers = ({ spec }: Resource<GatewaySpec>) => (spec.servers ?? []).length > 0;
  const empty = gateways.filter(gateway => !hasServers(gateway));
  if (empty.length === 0) {
    return;
  }
  const related = relatedSelectors(gateways, pods);
  const served = new Set(gateways.filter(hasServers).map(({ spec }) => selectorText(spec.selector ?? NO_LABELS)));
  for (const resource of empty) {
    const selector = selectorText(resource.spec.selector ?? NO_LABELS);
    if (selector !== '' && !related.get(selector)!.some(text => served.has(text))) {
      yield { resource, path: 'spec.selector', message: 'belongs to no server', falseAlarm: true };
    }
  }
}
