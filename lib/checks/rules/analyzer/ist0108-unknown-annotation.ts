import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { istioAnnotations } from './istio-annotations';

export const UNKNOWN_ANNOTATION: Rule = {
  code: 'IST0108',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'An annotation in the domain of Istio is one that Istio has.',
  falseAlarms: 'The analyzer also takes domains for those of Istio that only end with the same letters, such as notistio.io.',
  check: unknownAnnotations,
};

function* unknownAnnotations({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, path, name, facts } of istioAnnotations(mesh)) {
    if (facts === undefined) {
      const domain = name.split('/', 1)[0];
      yield {
        resource,
        path,
        message: `is no annotation of Istio, got '${name}'`,
        fix: 'correct the name, or take it away',
        falseAlarm: domain !== 'istio.io' && !domain.endsWith('.istio.io'),
      };
    }
  }
}
