import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const UNUSED_DELEGATE: Rule = {
  code: 'CI0012',
  severity: Severity.WARNING,
  title: 'A VirtualService without hosts is the delegate of another one.',
  isAboutMissing: true,
  check: unusedDelegates,
};

function* unusedDelegates({ mesh }: RuleContext): Iterable<Problem> {
  const { delegates } = mesh.virtualServices;
  if (delegates.size === 0) {
    return;
  }
  const used = new Set<string>();
  for (const { namespace, spec } of mesh.resources.virtualServices) {
    for (const { delegate } of spec.http ?? []) {
      if (delegate !== undefined) {
        used.add(`${delegate.namespace || namespace}/${delegate.name ?? ''}`);
      }
    }
  }
  for (const [key, { resource }] of delegates) {
    if (!used.has(key)) {
      yield {
        resource,
        path: 'spec.hosts',
        message: 'is empty, and no VirtualService delegates to this one: it routes nothing',
        fix: 'add hosts, or name it as the delegate of a route',
      };
    }
  }
}
