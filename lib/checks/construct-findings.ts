import type { IConstruct } from 'constructs';
import { checkConstructs } from './construct-check';
import type { Finding } from './finding';

/** The findings about the objects within a construct, with the whole app in view. */
export function findingsOf(scope: IConstruct): Finding[] {
  const { root, path } = scope.node;
  return checkConstructs(root).findings
    .filter(({ constructPath }) => path === '' || constructPath === path || constructPath?.startsWith(`${path}/`))
    .map(withoutUndefined);
}

/** A test that prints a finding shows what it says, not what it does not. */
function withoutUndefined(finding: Finding): Finding {
  return Object.fromEntries(Object.entries(finding).filter(([, value]) => value !== undefined)) as unknown as Finding;
}
