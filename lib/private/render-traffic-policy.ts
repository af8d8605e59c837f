import { renderConnectionPool } from './render-connection-pool';
import { integer, renderFields, renderSomeFields } from './render-fields';
import { renderOutlierDetection } from './render-outlier-detection';
import { checkConfigMap } from './tls-names';
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
type RenderedPort = PortSpec & { readonly port: { readonly number: number } };

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
  checkConfigMap(`${property}.tls`, rendered.tls?.credentialName, namespace);
  rendered.portLevelSettings?.forEach(({ tls }, index) => checkConfigMap(`${property}.portLevelSettings[${index}].tls`, tls?.credentialName, namespace));
  if (rendered.transport === undefined) {
    return rendered;
  }
  const { transport, ...others } = rendered;
  return { ...others, ...transport };
}

/** A traffic policy, if any, with that of one port more. */
export function withPortPolicy(
  property: string, spec: TrafficPolicySpec | undefined, policy: PortTrafficPolicy, namespace: string | undefined,
): TrafficPolicySpec {
  const others = spec?.portLevelSettings ?? [];
  const added = renderPort(property, policy, new Set(others.map(({ port }) => port?.number)));
  checkConfigMap(`${property}.tls`, added.tls?.credentialName, namespace);
  return { ...spec, portLevelSettings: [...others, added] };
}

function renderPorts(property: string, policies: PortTrafficPolicy[]): PortSpec[] | undefined {
  const taken = new Set<number>();
  return checkFilledList(property, policies, (item, policy) => {
    const rendered = renderPort(item, policy, taken);
    taken.add(rendered.port.number);
    return rendered;
  });
}

function renderPort(property: string, policy: PortTrafficPolicy, taken: ReadonlySet<number | undefined>): RenderedPort {
  const { port, ...components } = renderFields(property, policy, PORT);
  const number = checkGiven(`${property}.port`, port);
  if (taken.has(number)) {
    throw new Error(`${property}.port ${number} has a policy already, a port has one`);
  }
  if (Object.keys(components).length === 0) {
    throw new Error(`${property} must set at least one of ${Object.keys(COMPONENTS).join(', ')}`);
  }
  return { port: { number }, ...components };
}
