import { isDeepStrictEqual } from 'util';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { areAppliedTogether } from '../shared/applied-together';

export const DUPLICATE_OBJECT: Rule = {
  code: 'CI0002',
  severity: Severity.WARNING,
  title: 'An object is defined once: of two that differ and have one kind, namespace and name only the later exists.',
  check: duplicateObjects,
};

function* duplicateObjects(context: RuleContext): Iterable<Problem> {
  const { resources } = context.mesh;
  for (const resource of resources.replaced) {
    const { group, kind, namespace, name } = resource;
    const later = resources.find(group, kind, namespace, name);
    if (name !== '' && later !== undefined && areAppliedTogether(context, resource, later) && !isDeepStrictEqual(resource.manifest, later.manifest)) {
      const by = later.source.constructPath ?? later.source.file;
      yield {
        resource,
        path: 'metadata.name',
        message: `is that of a later ${kind} too, which takes the place of this one${by === undefined ? '' : `: ${by}`}`,
        fix: 'give one of them another name, or put both into one',
      };
    }
  }
}
