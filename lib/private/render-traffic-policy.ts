import { checkConfigMap } from './render-client-tls';
import { renderConnectionPool } from './render-connection-pool';
import { integer, renderFields, renderSomeFields } from './render-fields';
import { renderOutlierDetection } from './render-outlier-detection';
import { checkFilledList, checkGiven, checkMadeBy, checkPercent, checkPort, renderDurationOrZero, UINT32_MAX } from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicy, DestinationRuleSpecTrafficPolicyPortLevelSettings } from '../../imports/networking.istio.io';
import type { ClientTls } from '../client-tls';
import type { LoadBalancer } from '../load-balancer';
import type { RetryBudget } from '../retry-budget';
import type { PortTrafficPolicy, TrafficPolicy } from '../traffic-policy';
import type { UpstreamTransport } from '../upstream-transport';

export type TrafficPolicySpec = Wire<DestinationRuleSpecTrafficPolicy>;
type PortSpec = Wire<DestinationRuleSpecTrafficPolicyPortLevelSettings>;

const COMPONENTS = {
  loadBalancer: (property: string, loadBalancer: LoadBalancer): TrafficPolicySpec['loadBalancer'] => (
    checkMadeBy(property, loadBalancer, '_toLoadBalancer', 'LoadBalancer, such as LoadBalancer.roundRobin()')._toLoadBalancer()
  ),
  connectionPool: renderConnectionPool,
  outlierDetection: renderOutlierDetection,
  tls: (property: string, tls: ClientTls): TrafficPolicySpec['tls'] => (
    checkMadeBy(property, tls, '_toClientTls', 'ClientTls, such as ClientTls.simple()')._toClientTls()
  ),
};
const PORT = { port: checkPort, ...COMPONENTS };
const RETRY_BUDGET = { percent: checkPercent, minRetryConcurrency: integer({ min: 0, max: UINT32_MAX }), budgetInterval: renderDurationOrZero };
const POLICY = {
  ...COMPONENTS,
  portLevelSettings: renderPorts,
  transport: (property: string, transport: UpstreamTransport): TrafficPolicySpec => (
    checkMadeBy(property, transport, '_toTransport', 'UpstreamTransport, such as UpstreamTransport.proxyProtocol(ProxyProtocolVersion.V2)')._toTransport()
  ),
  retryBudget: (property: string, budget: RetryBudget): TrafficPolicySpec['retryBudget'] => renderSomeFields(property, budget, RETRY_BUDGET),
};

/**
 * A traffic policy, checked and copied.
 *
 * @param namespace the namespace of the rule, where it is known
 */
export function renderTrafficPolicy(property: string, policy: TrafficPolicy, namespace: string | undefined): TrafficPolicySpec {
  const rendered = renderSomeFields(property, policy, POLICY);
  checkConfigMap(`${property}.tls`, rendered.tls, namespace);
  rendered.portLevelSettings?.forEach(({ tls }, index) => checkConfigMap(`${property}.portLevelSettings[${index}].tls`, tls, namespace));
  if (rendered.transport === undefined) {
    return rendered;
  }
  const { transport, ...others } = rendered;
  return { ...others, ...transport };
}

function renderPorts(property: string, policies: PortTrafficPolicy[]): PortSpec[] | undefined {
  const seen = new Set<number>();
  return checkFilledList(property, policies, (item, policy) => {
    const { port, ...components } = renderFields(item, policy, PORT);
    const number = checkGiven(`${item}.port`, port);
    if (seen.has(number)) {
      throw new Error(`${item}.port ${number} has a policy already, a port has one`);
    }
    seen.add(number);
    if (Object.keys(components).length === 0) {
      throw new Error(`${item} must set at least one of ${Object.keys(COMPONENTS).join(', ')}`);
    }
    return { port: { number }, ...components };
  });
}
