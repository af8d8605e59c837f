import { checkClientTls } from './client-tls';
import type { PortTrafficPolicy, TrafficPolicy } from '../../../mesh/specs';
import type { Report } from '../finding';
import { got } from '../got';
import { checkConnectionPool } from './connection-pool';
import { checkLoadBalancer } from './load-balancer';
import { checkOutlierDetection } from './outlier-detection';
import { isAddress } from '../primitives/addresses';
import { isDomainName, NAME_FORM } from '../primitives/dns';
import { checkPort } from '../primitives/numbers';

const FIELDS = ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls'] as const;
const ALL_FIELDS = [...FIELDS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'] as const;

export function checkTrafficPolicy(report: Report, policy: TrafficPolicy | undefined, namespace: string): void {
  if (policy === undefined) {
    return;
  }
  const mark = report.mark;
  if (ALL_FIELDS.every(field => policy[field] === undefined)) {
    report.error('DR4', '', `must have at least one of ${ALL_FIELDS.join(', ')}`, { fix: 'leave it out when there is nothing to set' });
  } else if (policy.tunnel !== undefined && policy.proxyProtocol !== undefined) {
    report.error('DR5', '', 'must have tunnel or proxyProtocol, not both');
  } else {
    checkSettings(report, policy, namespace);
    policy.portLevelSettings?.forEach((settings, index) => {
      const before = report.mark;
      checkPortLevelSettings(report, settings, namespace);
      // Istio loses the warnings about single ports
      report.dropWarnings(before);
      report.underItem(before, 'portLevelSettings', index);
    });
    checkTunnel(report, policy.tunnel);
    checkProxyProtocol(report, policy.proxyProtocol);
  }
  report.under(mark, 'trafficPolicy');
}

function checkSettings(report: Report, policy: TrafficPolicy | PortTrafficPolicy, namespace: string): void {
  checkOutlierDetection(report, policy.outlierDetection);
  checkConnectionPool(report, policy.connectionPool);
  checkLoadBalancer(report, policy.loadBalancer, policy.outlierDetection !== undefined);
  checkClientTls(report, policy.tls, namespace);
}

function checkPortLevelSettings(report: Report, settings: PortTrafficPolicy, namespace: string): void {
  if (settings.port === undefined) {
    report.error('DR14', '.port', 'must be given', { fix: 'write port: { number: 80 } for port 80' });
  }
  if (FIELDS.every(field => settings[field] === undefined)) {
    report.error('DR14', '', `must have at least one of ${FIELDS.join(', ')}`);
  }
  checkSettings(report, settings, namespace);
}

function checkTunnel(report: Report, tunnel: TrafficPolicy['tunnel']): void {
  if (tunnel === undefined) {
    return;
  }
  const { protocol = '', targetHost = '' } = tunnel;
  if (protocol !== '' && protocol !== 'CONNECT' && protocol !== 'POST') {
    report.error('DR16', '.tunnel.protocol', `must be CONNECT or POST${got(protocol)}`, { value: protocol });
  }
  if (!isDomainName(targetHost) && !isAddress(targetHost)) {
    report.error('DR16', '.tunnel.targetHost', `must be an IP address or ${NAME_FORM}${got(tunnel.targetHost)}`, { value: tunnel.targetHost });
  }
  checkPort(report, 'DR16', '.tunnel.targetPort', tunnel.targetPort);
}

function checkProxyProtocol(report: Report, proxyProtocol: TrafficPolicy['proxyProtocol']): void {
  // the decoder lets other numbers than those of V1 and V2 through
  const version: unknown = proxyProtocol?.version;
  if (typeof version === 'number') {
    report.error('DR17', '.proxyProtocol.version', `must be V1 or V2, got ${version}`, { value: version });
  }
}
