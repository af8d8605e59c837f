import { getOrMake } from '../../../mesh/collections';
import type { Resource } from '../../../mesh/resource';
import type { ServiceEntrySpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { EVERY_NAMESPACE, exportScopes } from './export-scopes';

export const CONFLICTING_PROTOCOLS: Rule = {
  code: 'IST0177',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'All ServiceEntries with a host give one of its ports the same protocol.',
  since: '1.31',
  check: conflictingProtocols,
};

/** A port of a ServiceEntry. */
interface PortUse {
  readonly resource: Resource<ServiceEntrySpec>;
  readonly index: number;
  readonly protocol: string;
}

function* conflictingProtocols({ mesh }: RuleContext): Iterable<Problem> {
  const scopes = usesByScope(analyzed(mesh).serviceEntries);
  const reported = new Set<Resource>();
  for (const [scope, uses] of scopes) {
    for (const [key, own] of uses) {
      const all = scope === EVERY_NAMESPACE ? own : [...own, ...scopes.get(EVERY_NAMESPACE)?.get(key) ?? []];
      const protocols = new Set(all.map(({ protocol }) => protocol));
      for (const { resource, index, protocol } of protocols.size > 1 ? all : []) {
        if (!reported.has(resource as Resource)) {
          reported.add(resource as Resource);
          const other = all.find(use => use.protocol !== protocol)!;
          yield {
            resource,
            path: `spec.ports[${index}].protocol`,
            message: `is ${protocol || 'missing'}, but the same port of the same host is ${other.protocol || 'without protocol'} in the ServiceEntry '${other.resource.key}'`,
            fix: 'give both the same protocol, or export them to different namespaces',
          };
        }
      }
    }
  }
}

/** By scope, then by host and port. */
function usesByScope(entries: readonly Resource<ServiceEntrySpec>[]): ReadonlyMap<string, ReadonlyMap<string, readonly PortUse[]>> {
  const scopes = new Map<string, Map<string, PortUse[]>>();
  for (const resource of entries) {
    const { exportTo, hosts = [], ports = [] } = resource.spec;
    for (const scope of exportScopes(exportTo, resource.namespace)) {
      const uses = getOrMake(scopes, scope, () => new Map<string, PortUse[]>());
      for (const host of hosts) {
        for (const [index, { number = 0, protocol = '' }] of ports.entries()) {
          getOrMake(uses, `${host}:${number}`, () => []).push({ resource, index, protocol: protocol.toUpperCase() });
        }
      }
    }
  }
  return scopes;
}
