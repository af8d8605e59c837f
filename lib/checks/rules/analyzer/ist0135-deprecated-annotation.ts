import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { istioAnnotations } from './istio-annotations';

export const DEPRECATED_ANNOTATION: Rule = {
  code: 'IST0135',
  severity: Severity.INFO,
  istioLevel: Severity.INFO,
  title: 'No annotation is used that Istio has given up.',
  check: deprecatedAnnotations,
};

const INJECT = 'sidecar.istio.io/inject';

function* deprecatedAnnotations({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, path, name, labels, facts } of istioAnnotations(mesh)) {
    if (facts?.deprecated === true && !(name === INJECT && INJECT in labels)) {
      yield {
        resource,
        path,
        message: 'is deprecated and may be ignored by a later release',
        fix: name === INJECT ? `use the label ${INJECT}` : 'look up what takes its place, or take it away',
      };
    }
  }
}
