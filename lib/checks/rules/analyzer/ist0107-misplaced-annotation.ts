import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { isInPlace, istioAnnotations } from './istio-annotations';

export const MISPLACED_ANNOTATION: Rule = {
  code: 'IST0107',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'An annotation of Istio is on a kind that it is for: what is for pods is in the template of the pods, not on the Deployment.',
  check: misplacedAnnotations,
};

function* misplacedAnnotations({ mesh }: RuleContext): Iterable<Problem> {
  for (const annotation of istioAnnotations(mesh)) {
    if (!isInPlace(annotation)) {
      const kinds = annotation.facts!.resources.filter(kind => kind !== 'Unknown');
      yield {
        resource: annotation.resource,
        path: annotation.path,
        message: `has no effect on a ${annotation.kind}, it is for ${kinds.join(', ')}`,
        fix: annotation.kind === 'Deployment' && kinds.includes('Pod') ? 'move it to spec.template.metadata.annotations' : 'move it to such an object, or take it away',
      };
    }
  }
}
