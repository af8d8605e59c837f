import type { MergedRule } from './destination-rules';
import type { Resource } from './resource';
import type { ConsistentHash, DestinationRuleSpec, PortTrafficPolicy, TrafficPolicy } from './specs';

/** The parts of a traffic policy, each taken from one place. */
export type PolicyPart = 'connectionPool' | 'outlierDetection' | 'loadBalancer' | 'tls' | 'tunnel' | 'proxyProtocol' | 'retryBudget';

/** Where a part of a policy is written. */
export interface PolicyOrigin {
  readonly resource: Resource<DestinationRuleSpec>;

  /** The property, such as `subsets[1].trafficPolicy.portLevelSettings[0].tls`. */
  readonly path: string;
}

/** The policy that holds for a port of a host or of a subset, and where each part of it comes from. */
export interface EffectivePolicy {
  readonly policy: TrafficPolicy;
  readonly origins: { readonly [Part in PolicyPart]?: PolicyOrigin };
}

const PORT_PARTS = ['connectionPool', 'outlierDetection', 'loadBalancer', 'tls'] as const;
const ALL_PARTS = [...PORT_PARTS, 'tunnel', 'proxyProtocol', 'retryBudget'] as const;

interface PlacedPolicy {
  readonly policy: TrafficPolicy | PortTrafficPolicy;
  readonly resource: Resource<DestinationRuleSpec>;
  readonly path: string;
  readonly isPortLevel: boolean;
}

const NO_POLICY: EffectivePolicy = { policy: {}, origins: {} };

/**
 * The policy of a rule for a port, and for a subset where one is named.
 *
 * Settings of the port replace those of the whole host, they are not added to them. A subset overrides
 * part by part; its own settings of the port replace all parts that a port can have.
 */
export function effectivePolicy(rule: MergedRule | undefined, port: number, subset?: string): EffectivePolicy {
  if (rule === undefined) {
    return NO_POLICY;
  }
  const top = rule.trafficPolicy === undefined ? undefined : forPort(rule.trafficPolicy.policy, rule.trafficPolicy.resource, 'trafficPolicy', port);
  const named = subset === undefined || subset === '' ? undefined : rule.subsets.find(({ name }) => name === subset);
  const own = named?.spec.trafficPolicy === undefined ? undefined
    : forPort(named.spec.trafficPolicy, named.resource, `subsets[${named.index}].trafficPolicy`, port);
  const policy: { [part: string]: unknown } = {};
  const origins: { [part: string]: PolicyOrigin } = {};
  for (const part of ALL_PARTS) {
    const source = own !== undefined && (part in own.policy || (own.isPortLevel && isPortPart(part))) ? own : top;
    const value = source === undefined ? undefined : (source.policy as TrafficPolicy)[part];
    if (value !== undefined) {
      policy[part] = value;
      origins[part] = { resource: source!.resource, path: `${source!.path}.${part}` };
    }
  }
  return { policy, origins };
}

function forPort(policy: TrafficPolicy, resource: Resource<DestinationRuleSpec>, path: string, port: number): PlacedPolicy {
  const index = (policy.portLevelSettings ?? []).findIndex(settings => settings.port !== undefined && (settings.port.number ?? 0) === port);
  return index < 0
    ? { policy, resource, path, isPortLevel: false }
    : { policy: portPartsOf(policy.portLevelSettings![index]), resource, path: `${path}.portLevelSettings[${index}]`, isPortLevel: true };
}

function portPartsOf(settings: PortTrafficPolicy): PortTrafficPolicy {
  const { connectionPool, outlierDetection, loadBalancer, tls } = settings;
  return Object.fromEntries(Object.entries({ connectionPool, outlierDetection, loadBalancer, tls }).filter(([, value]) => value !== undefined));
}

function isPortPart(part: PolicyPart): boolean {
  return (PORT_PARTS as readonly PolicyPart[]).includes(part);
}

/**
 * What a route hashes by to choose an endpoint, which Istio does not read from the effective policy: settings of a port
 * count only where the destination names the port.
 */
export function hashOfDestination(rule: MergedRule | undefined, port: number | undefined, subset: string | undefined): ConsistentHash | undefined {
  const top = rule?.trafficPolicy?.policy;
  const own = rule?.subsets.find(({ name }) => name === (subset ?? ''))?.spec.trafficPolicy;
  return (port === undefined ? undefined : portHash(own, port))
    ?? own?.loadBalancer?.consistentHash
    ?? (port === undefined ? undefined : portHash(top, port))
    ?? top?.loadBalancer?.consistentHash;
}

/** What the default route of a service hashes by. */
export function hashOfService(rule: MergedRule | undefined, port: number): ConsistentHash | undefined {
  const policy = rule?.trafficPolicy?.policy;
  return portHash(policy, port) ?? policy?.loadBalancer?.consistentHash;
}

function portHash(policy: TrafficPolicy | undefined, port: number): ConsistentHash | undefined {
  return policy?.portLevelSettings?.find(settings => (settings.port?.number ?? 0) === port)?.loadBalancer?.consistentHash;
}
