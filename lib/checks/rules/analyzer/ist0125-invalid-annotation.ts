import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { VALUE_RULES } from './annotation-values';
import { isInPlace, istioAnnotations } from './istio-annotations';

export const INVALID_ANNOTATION: Rule = {
  code: 'IST0125',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'The value of an annotation of Istio is one that Istio can read.',
  check: invalidAnnotations,
};

function* invalidAnnotations({ mesh }: RuleContext): Iterable<Problem> {
  for (const annotation of istioAnnotations(mesh)) {
    const { resource, path, name, value, facts } = annotation;
    // values of annotations that any kind may have are not looked at
    const rule = facts?.checked === true && !facts.resources.includes('Any') && isInPlace(annotation) ? VALUE_RULES[name] : undefined;
    if (rule !== undefined && !rule.isMet(value)) {
      yield { resource, path, message: `must be ${rule.allowed}, got '${value}'`, fix: 'correct the value' };
    }
  }
}
