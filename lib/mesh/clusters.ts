import type { MergedRule } from './destination-rules';
import type { Endpoint, Endpoints } from './endpoints';
import { NO_LABELS } from './manifest';
import { isDynamicForward, MeshPort, MeshService } from './services';
import type { TrafficPolicy } from './specs';
import { EffectivePolicy, effectivePolicy } from './traffic-policy';
import { isAddress } from '../private/addresses';

/** How Envoy finds the endpoints of a cluster. */
export type ClusterType = 'EDS' | 'STRICT_DNS' | 'LOGICAL_DNS' | 'ORIGINAL_DST' | 'DYNAMIC_FORWARD_PROXY';

/** A host, port and subset that a proxy can send to. */
export interface Cluster {
  readonly name: string;
  readonly service: MeshService;
  readonly port: MeshPort;

  /** The name of the subset; absent for the whole host. */
  readonly subset?: string;

  /** The rule whose policy and subsets hold. */
  readonly rule?: MergedRule;
  readonly policy: EffectivePolicy;
  readonly type: ClusterType;

  /** The endpoints that the manifests know. For pods that only run later there is one for each workload. */
  readonly endpoints: readonly Endpoint[];
}

/** What a proxy knows that decides about its clusters. */
export interface ClusterView {
  /** The services of the proxy, one for each host. */
  readonly serviceOf: (host: string) => MeshService | undefined;
  readonly ruleOf: (service: MeshService) => MergedRule | undefined;
  readonly endpoints: Endpoints;
  readonly isGateway: boolean;

  /** Whether services are also reached by the names that AUTO_PASSTHROUGH asks for. */
  readonly hasSniClusters: boolean;
}

/** The parts of the name of a cluster. */
export interface ClusterName {
  readonly port: number;
  readonly subset: string;
  readonly host: string;

  /** Whether it is the name by which AUTO_PASSTHROUGH asks for the cluster. */
  readonly isSni: boolean;
}

export function parseClusterName(name: string): ClusterName | undefined {
  const isSni = name.startsWith('outbound_.');
  const parts = name.split(isSni ? '_.' : '|');
  const [direction, port, subset, host] = parts;
  return parts.length === 4 && direction === 'outbound' ? { port: Number(port), subset, host, isSni } : undefined;
}

/** The cluster of a name, unless the proxy has none: requests to it are answered 503. */
export function buildCluster(name: string, view: ClusterView): Cluster | undefined {
  const parts = parseClusterName(name);
  const service = parts === undefined ? undefined : view.serviceOf(parts.host);
  const port = service?.ports.find(({ number }) => number === parts!.port);
  if (parts === undefined || service === undefined || port === undefined || port.protocol === 'UDP' || service.resolution === 'ALIAS') {
    return undefined;
  }
  if (parts.isSni && (!view.hasSniClusters || service.isExternal)) {
    return undefined;
  }
  const rule = view.ruleOf(service);
  if (isDynamicForward(service)) {
    const isCarried = parts.subset === '' && DYNAMIC_PROTOCOLS.has(port.protocol);
    return isCarried ? { name, service, port, rule, policy: effectivePolicy(rule, port.number), type: 'DYNAMIC_FORWARD_PROXY', endpoints: [] } : undefined;
  }
  const subset = parts.subset === '' ? undefined : rule?.subsets.find(item => item.name === parts.subset);
  if (parts.subset !== '' && subset === undefined) {
    return undefined;
  }
  const base = typeOf(service, view.isGateway);
  if (needsEndpoints(base) && view.endpoints.of(service, port.number).length === 0) {
    return undefined;
  }
  // the type of a subset is that of the whole cluster unless the subset itself says otherwise, at its top
  const whole = isPassthrough(effectivePolicy(rule, port.number).policy) ? 'ORIGINAL_DST' : base;
  const made = isPassthrough(subset?.spec.trafficPolicy) ? 'ORIGINAL_DST' : whole;
  const labelled = view.endpoints.ofSubset(service, port.number, subset?.spec.labels ?? NO_LABELS);
  if (needsEndpoints(made) && labelled.length === 0) {
    return undefined;
  }
  const policy = effectivePolicy(rule, port.number, subset?.name);
  const type = isPassthrough(policy.policy) ? 'ORIGINAL_DST' : made;
  return { name, service, port, subset: subset?.name, rule, policy, type, endpoints: endpointsFor(type, labelled, port) };
}

function endpointsFor(type: ClusterType, endpoints: readonly Endpoint[], port: MeshPort): readonly Endpoint[] {
  switch (type) {
    case 'ORIGINAL_DST':
      return [];
    case 'EDS':
      // the registry tells the ports of several entries apart by name, and has no hosts for addresses
      return endpoints.filter(({ portName, address, port: number }) =>
        portName === port.name && (address === undefined || number === undefined || isAddress(address)));
    default:
      return endpoints;
  }
}

function isPassthrough(policy: TrafficPolicy | undefined): boolean {
  return policy?.loadBalancer?.simple === 'PASSTHROUGH';
}

/** Whether Envoy gets the endpoints with the cluster, so that there is none without. */
function needsEndpoints(type: ClusterType): boolean {
  return type === 'STRICT_DNS' || type === 'LOGICAL_DNS';
}

const DYNAMIC_PROTOCOLS: ReadonlySet<string> = new Set(['HTTP', 'HTTP2', 'GRPC', 'TLS']);

function typeOf(service: MeshService, isGateway: boolean): ClusterType {
  switch (service.resolution) {
    case 'DNS':
      return 'STRICT_DNS';
    case 'DNS_ROUND_ROBIN':
      return 'LOGICAL_DNS';
    case 'PASSTHROUGH':
      // a gateway has no address that the client asked for
      return isGateway ? 'EDS' : 'ORIGINAL_DST';
    default:
      return 'EDS';
  }
}
