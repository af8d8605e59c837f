import type { Resource } from '../../../mesh/resource';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const UNKNOWN_EXPORT_NAMESPACE: Rule = {
  code: 'KIA0005',
  severity: Severity.ERROR,
  title: 'The namespaces that an object is exported to exist.',
  isAboutMissing: true,
  check: unknownExportNamespaces,
};

function* unknownExportNamespaces(context: RuleContext): Iterable<Problem> {
  const { virtualServices, destinationRules, serviceEntries } = context.mesh.resources;
  let known: ReadonlySet<string> | undefined;
  const exported = [...virtualServices, ...destinationRules, ...serviceEntries] as readonly Resource<{ readonly exportTo?: readonly string[] }>[];
  for (const resource of exported) {
    for (const [index, namespace] of (resource.spec.exportTo ?? []).entries()) {
      if (!'.*~'.includes(namespace) && !(known ??= knownNamespaces(context)).has(namespace)) {
        yield {
          resource,
          path: `spec.exportTo[${index}]`,
          message: `names the namespace '${namespace}', which no manifest defines and no object is in`,
          fix: 'name one that exists, `.` for its own, or `*` for all',
        };
      }
    }
  }
}

function knownNamespaces({ mesh: { resources } }: RuleContext): ReadonlySet<string> {
  return new Set([...resources.all.map(({ namespace }) => namespace), ...resources.namespaces.map(({ name }) => name)]);
}
