import { pruned } from './pruned';
import { checkConfigMap } from './render-client-tls';
import { renderConnectionPool } from './render-connection-pool';
import { renderOutlierDetection } from './render-outlier-detection';
import {
  checkFilledList, checkFilledStruct, checkGiven, checkInteger, checkMadeBy, checkPercent, checkPort, checkStruct, renderDurationOrZero, UINT32_MAX,
} from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicy, DestinationRuleSpecTrafficPolicyPortLevelSettings } from '../../imports/networking.istio.io';
import type { RetryBudget } from '../retry-budget';
import type { PortTrafficPolicy, TrafficPolicy } from '../traffic-policy';

export type TrafficPolicySpec = Wire<DestinationRuleSpecTrafficPolicy>;
type PortSpec = Wire<DestinationRuleSpecTrafficPolicyPortLevelSettings>;

const COMPONENTS = ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls'] as const;
const POLICY: (keyof TrafficPolicy)[] = [...COMPONENTS, 'portLevelSettings', 'transport', 'retryBudget'];
const PORT_POLICY: (keyof PortTrafficPolicy)[] = ['port', ...COMPONENTS];

/**
 * A traffic policy, checked and copied.
 *
 * @param namespace the namespace of the rule, where it is known
 */
export function renderTrafficPolicy(property: string, policy: TrafficPolicy, namespace: string | undefined): TrafficPolicySpec {
  checkFilledStruct(property, policy, POLICY);
  return pruned({
    portLevelSettings: renderPorts(`${property}.portLevelSettings`, policy.portLevelSettings, namespace),
    ...renderTransport(`${property}.transport`, policy.transport),
    retryBudget: policy.retryBudget === undefined ? undefined : renderRetryBudget(`${property}.retryBudget`, policy.retryBudget),
    ...renderComponents(property, policy, namespace),
  });
}

function renderComponents(property: string, policy: Pick<TrafficPolicy, typeof COMPONENTS[number]>, namespace: string | undefined): Omit<PortSpec, 'port'> {
  return {
    loadBalancer: renderLoadBalancer(`${property}.loadBalancer`, policy.loadBalancer),
    connectionPool: policy.connectionPool === undefined ? undefined : renderConnectionPool(`${property}.connectionPool`, policy.connectionPool),
    outlierDetection: policy.outlierDetection === undefined ? undefined : renderOutlierDetection(`${property}.outlierDetection`, policy.outlierDetection),
    tls: renderTls(`${property}.tls`, policy.tls, namespace),
  };
}

function renderLoadBalancer(property: string, loadBalancer: TrafficPolicy['loadBalancer']): TrafficPolicySpec['loadBalancer'] {
  return loadBalancer === undefined
    ? undefined
    : checkMadeBy(property, loadBalancer, '_toLoadBalancer', 'LoadBalancer, such as LoadBalancer.roundRobin()')._toLoadBalancer();
}

function renderTls(property: string, tls: TrafficPolicy['tls'], namespace: string | undefined): TrafficPolicySpec['tls'] {
  if (tls === undefined) {
    return undefined;
  }
  const spec = checkMadeBy(property, tls, '_toClientTls', 'ClientTls, such as ClientTls.simple()')._toClientTls();
  checkConfigMap(property, spec, namespace);
  return spec;
}

function renderTransport(property: string, transport: TrafficPolicy['transport']): TrafficPolicySpec {
  return transport === undefined
    ? {}
    : checkMadeBy(property, transport, '_toTransport', 'UpstreamTransport, such as UpstreamTransport.proxyProtocol(ProxyProtocolVersion.V2)')._toTransport();
}

function renderRetryBudget(property: string, budget: RetryBudget): TrafficPolicySpec['retryBudget'] {
  checkFilledStruct(property, budget, ['percent', 'minRetryConcurrency', 'budgetInterval']);
  return {
    percent: checkPercent(`${property}.percent`, budget.percent),
    minRetryConcurrency: checkInteger(`${property}.minRetryConcurrency`, budget.minRetryConcurrency, { min: 0, max: UINT32_MAX }),
    budgetInterval: renderDurationOrZero(`${property}.budgetInterval`, budget.budgetInterval),
  };
}

function renderPorts(property: string, policies: PortTrafficPolicy[] | undefined, namespace: string | undefined): PortSpec[] | undefined {
  const seen = new Set<number>();
  return checkFilledList(property, policies, (item, policy) => {
    checkStruct(item, policy, PORT_POLICY);
    const number = checkPort(`${item}.port`, checkGiven(`${item}.port`, policy.port));
    if (seen.has(number)) {
      throw new Error(`${item}.port ${number} has a policy already, a port has one`);
    }
    seen.add(number);
    if (COMPONENTS.every(component => policy[component] === undefined)) {
      throw new Error(`${item} must set at least one of ${COMPONENTS.join(', ')}`);
    }
    return { port: { number }, ...renderComponents(item, policy, namespace) };
  });
}
