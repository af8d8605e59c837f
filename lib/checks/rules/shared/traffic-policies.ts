import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { DestinationRuleSpec, PortTrafficPolicy, TrafficPolicy } from '../../../mesh/specs';

/** A policy of a DestinationRule and where it is written. */
export interface PlacedPolicy {
  readonly resource: Resource<DestinationRuleSpec>;
  readonly policy: TrafficPolicy | PortTrafficPolicy;

  /** Below `spec`, such as `subsets[0].trafficPolicy.portLevelSettings[1]`. */
  readonly path: string;

  /** The port that it is for; absent for all. */
  readonly port?: number;

  /** The policy whose parts hold where this one has none. A policy of a port has none such. */
  readonly inherits?: TrafficPolicy;

  /** The policies that it stands in the place of, for a port or a subset. */
  readonly instead: readonly TrafficPolicy[];
}

/** All policies of a rule: of the host, of its ports, of subsets, of ports of subsets. */
export function placedPolicies(resource: Resource<DestinationRuleSpec>): readonly PlacedPolicy[] {
  const placed: PlacedPolicy[] = [];
  const { trafficPolicy, subsets } = resource.spec;
  const add = (policy: TrafficPolicy, path: string, wider: TrafficPolicy | undefined): void => {
    const instead = wider === undefined ? NO_POLICIES : [wider];
    placed.push({ resource, policy, path, inherits: wider, instead });
    policy.portLevelSettings?.forEach((settings, index) => placed.push({
      resource, policy: settings, path: `${path}.portLevelSettings[${index}]`, port: settings.port?.number, instead: [policy, ...instead],
    }));
  };
  if (trafficPolicy !== undefined) {
    add(trafficPolicy, 'trafficPolicy', undefined);
  }
  subsets?.forEach((subset, index) => subset.trafficPolicy !== undefined && add(subset.trafficPolicy, `subsets[${index}].trafficPolicy`, trafficPolicy));
  return placed;
}

const NO_POLICIES: readonly TrafficPolicy[] = [];

const policiesOfMeshes = new WeakMap<MeshModel, readonly PlacedPolicy[]>();

/** The policies of all rules of a mesh, made once for all rules about them. */
export function allPolicies(mesh: MeshModel): readonly PlacedPolicy[] {
  let policies = policiesOfMeshes.get(mesh);
  if (policies === undefined) {
    policies = mesh.resources.destinationRules.flatMap(placedPolicies);
    policiesOfMeshes.set(mesh, policies);
  }
  return policies;
}
