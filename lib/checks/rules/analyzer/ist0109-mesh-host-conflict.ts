import { append, getOrMake } from '../../../mesh/collections';
import { HostIndex } from '../../../mesh/host-index';
import type { Resource } from '../../../mesh/resource';
import type { VirtualServiceSpec } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { analyzed } from './analyzed-mesh';
import { analyzerHost } from './analyzer-names';
import { EVERY_NAMESPACE, exportScopes } from './export-scopes';
import { isForMesh } from './virtual-service-clients';

export const MESH_HOST_CONFLICT: Rule = {
  code: 'IST0109',
  severity: Severity.WARNING,
  istioLevel: Severity.ERROR,
  title: 'Sidecars of a namespace see only one VirtualService for a host.',
  falseAlarms: 'A name and a wildcard that covers it do not conflict, the name wins. Nor do VirtualServices of which one has only http and the other only tls and tcp.',
  check: meshHostConflicts,
};

/** A host of a VirtualService. */
interface Use {
  readonly resource: Resource<VirtualServiceSpec>;
  readonly index: number;
}

/** The uses of each host, in one scope. */
type Scope = HostIndex<Use[]>;

function* meshHostConflicts({ mesh }: RuleContext): Iterable<Problem> {
  const scopes = new Map<string, Scope>();
  for (const resource of analyzed(mesh).virtualServices.filter(({ spec }) => isForMesh(spec))) {
    for (const scope of exportScopes(resource.spec.exportTo, resource.namespace)) {
      const hosts = getOrMake(scopes, scope, () => new HostIndex<Use[]>());
      for (const [index, host] of (resource.spec.hosts ?? []).entries()) {
        hosts.getOrSet(analyzerHost(host, resource.namespace), () => []).push({ resource, index });
      }
    }
  }
  const everyones = scopes.get(EVERY_NAMESPACE);
  const conflicts: Conflicts = new Map();
  for (const [scope, hosts] of scopes) {
    for (const { host, value: uses } of hosts.entries()) {
      const others = scope === EVERY_NAMESPACE || everyones === undefined ? [] : [...everyones.overlapping(host)];
      if (uses.length === 1 && others.length === 0) {
        continue;
      }
      const same = [...uses, ...others.filter(entry => entry.host === host).flatMap(entry => entry.value)];
      const overlapping = others.filter(entry => entry.host !== host).flatMap(entry => entry.value);
      if (same.length + overlapping.length > 1) {
        addConflicts(conflicts, host, same, overlapping);
      }
    }
  }
  for (const [resource, found] of conflicts) {
    const { host, index, other } = found.find(conflict => conflict.other !== undefined) ?? found[0];
    yield {
      resource,
      path: `spec.hosts[${index}]`,
      message: other === undefined || other === resource
        ? `is '${host}', which another host of a VirtualService overlaps`
        : `is '${host}', as in the VirtualService '${other.key}': sidecars that see both use the routes of the older one alone`,
      fix: 'put all routes of the host into one VirtualService, or export each to other namespaces',
      falseAlarm: other === undefined,
    };
  }
}

interface Conflict {
  readonly host: string;
  readonly index: number;

  /** Another VirtualService with routes of the same kind for the very same host. */
  readonly other?: Resource<VirtualServiceSpec>;
}

type Conflicts = Map<Resource<VirtualServiceSpec>, Conflict[]>;

function addConflicts(conflicts: Conflicts, host: string, same: readonly Use[], overlapping: readonly Use[]): void {
  const byKind = new Map<string, Use[]>();
  same.forEach(use => kindsOf(use.resource.spec).forEach(kind => append(byKind, kind, use)));
  for (const { resource, index } of same) {
    const rivals = kindsOf(resource.spec).map(kind => byKind.get(kind)!).map(([first, second]) => first.resource === resource ? second : first);
    append(conflicts, resource, { host, index, other: rivals.find(rival => rival !== undefined && rival.resource !== resource)?.resource });
  }
  for (const { resource, index } of overlapping) {
    append(conflicts, resource, { host, index });
  }
}

function kindsOf({ http = [], tls = [], tcp = [] }: VirtualServiceSpec): string[] {
  return [...http.length > 0 ? ['http'] : [], ...tls.length + tcp.length > 0 ? ['connections'] : []];
}
