import { readList, readObject, readText } from '../../../mesh/manifest';
import type { Resource } from '../../../mesh/resource';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const NEGATIVE_CONDITION: Rule = {
  code: 'IST0171',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'The status that a cluster gave an object says nothing against it.',
  check: negativeConditions,
};

const WAYPOINT = ['istio.io/WaypointBound'];
const GATEWAY_API = ['Accepted', 'Programmed', 'ResolvedRefs'];

/** The conditions that should not be false, by group and kind. */
const CONDITIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Service', WAYPOINT],
  ['networking.istio.io/ServiceEntry', WAYPOINT],
  ['networking.istio.io/WorkloadEntry', WAYPOINT],
  ['security.istio.io/AuthorizationPolicy', ['ZtunnelAccepted', 'WaypointAccepted']],
  ['gateway.networking.k8s.io/Gateway', GATEWAY_API],
  ['gateway.networking.k8s.io/HTTPRoute', GATEWAY_API],
  ['gateway.networking.k8s.io/GRPCRoute', GATEWAY_API],
]);

function* negativeConditions({ mesh }: RuleContext): Iterable<Problem> {
  for (const [kind, types] of CONDITIONS) {
    const [group, name] = kind.split('/');
    for (const resource of mesh.resources.ofKind<Resource['spec']>(group, name)) {
      for (const { path, condition } of conditionsOf(resource)) {
        const type = readText(condition.type) ?? '';
        const isPartlyInvalid = name === 'AuthorizationPolicy' && type === 'WaypointAccepted' && condition.reason === 'PartiallyInvalid';
        if ((types.includes(type) && condition.status === 'False') || isPartlyInvalid) {
          yield {
            resource,
            path,
            message: `says that the cluster did not accept it: ${[type, condition.reason, condition.message].filter(text => typeof text === 'string').join(', ')}`,
          };
        }
      }
    }
  }
}

function conditionsOf({ manifest }: Resource) {
  const status = readObject(manifest.status);
  const lists = [
    { path: 'status', conditions: status.conditions },
    ...readList(status.parents).map((parent, index) => ({ path: `status.parents[${index}]`, conditions: readObject(parent).conditions })),
  ];
  return lists.flatMap(({ path, conditions }) =>
    readList(conditions).map((condition, index) => ({ path: `${path}.conditions[${index}]`, condition: readObject(condition) })));
}
