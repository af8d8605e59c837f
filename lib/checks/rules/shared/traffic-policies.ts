import type { DestinationRuleSpec, PortTrafficPolicy, TrafficPolicy } from '../../../mesh/specs';

/** A policy of a DestinationRule and where it is written. */
export interface PlacedPolicy {
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
export function placedPolicies({ trafficPolicy, subsets = [] }: DestinationRuleSpec): readonly PlacedPolicy[] {
  const placed: PlacedPolicy[] = [];
  const add = (policy: TrafficPolicy | undefined, path: string, wider: TrafficPolicy | undefined): void => {
    if (policy !== undefined) {
      const instead = wider === undefined ? [] : [wider];
      placed.push({ policy, path, inherits: wider, instead });
      policy.portLevelSettings?.forEach((settings, index) => placed.push({
        policy: settings, path: `${path}.portLevelSettings[${index}]`, port: settings.port?.number, instead: [policy, ...instead],
      }));
    }
  };
  add(trafficPolicy, 'trafficPolicy', undefined);
  subsets.forEach((subset, index) => add(subset.trafficPolicy, `subsets[${index}].trafficPolicy`, trafficPolicy));
  return placed;
}
