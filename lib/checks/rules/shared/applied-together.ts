import type { Resource } from '../../../mesh/resource';
import type { RuleContext } from '../rule';

/**
 * Whether two objects certainly are in the namespaces that the model has them in, relative to each other: both manifests say
 * theirs, or neither does and both are applied at once.
 */
export function areAppliedTogether(context: RuleContext, a: Resource<any>, b: Resource<any>): boolean {
  const [first, second] = [context.hasNamespace(a), context.hasNamespace(b)];
  return first === second && (first || originOf(a) === originOf(b));
}

/** What is applied as one: a chart, a file, or manifests of which nothing is known. */
function originOf({ source: { constructPath, file } }: Resource<any>): string {
  return constructPath === undefined ? `file ${file ?? ''}` : `chart ${constructPath.split('/', 1)[0]}`;
}
