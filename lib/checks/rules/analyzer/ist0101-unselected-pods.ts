import { NO_LABELS } from '../../../mesh/manifest';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { selectorText } from './analyzer-names';

export const UNSELECTED_PODS: Rule = {
  code: 'IST0101',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The selector of a Gateway selects pods.',
  falseAlarms: 'The analyzer does not know gateways that are machines outside of the cluster.',
  isAboutMissing: true,
  check: unselectedPods,
};

function* unselectedPods({ mesh }: RuleContext): Iterable<Problem> {
  const { gateways, pods } = analyzed(mesh);
  for (const resource of gateways) {
    const selector = resource.spec.selector ?? NO_LABELS;
    if (pods.ofGateway(selector).pods.length === 0) {
      yield {
        resource,
        path: 'spec.selector',
        message: `selects no pods: none has the labels ${selectorText(selector)}`,
        fix: 'take the labels from the pods of the gateway',
        falseAlarm: mesh.workloads.matching(selector).length > 0,
      };
    }
  }
}
