import type { TcpMatch } from '../tcp-route';
import type { TlsMatch } from '../tls-route';
import { checkAddressOrRange } from './addresses';
import { describe } from './describe';
import { checkHost } from './names';
import { isBlank, renderSource } from './render-source';
import { checkFilledList, checkRequiredList, checkStruct, checkUnique } from './validation';
import { isPassthroughName } from './virtual-hosts';
import type { Wire } from './wire';
import type { VirtualServiceSpecTcpMatch, VirtualServiceSpecTlsMatch } from '../../imports/networking.istio.io';

const KNOWN = ['destinationSubnets', 'port', 'sourceLabels', 'sourceNamespace', 'gateways'] as const;

export function renderTcpMatch(property: string, match: TcpMatch): Wire<VirtualServiceSpecTcpMatch> {
  checkStruct(property, match, KNOWN);
  const rendered = renderAddressee(property, match);
  if (isBlank(rendered)) {
    throw new Error(`${property} must have a condition, leave matches out for a route that takes all connections`);
  }
  return rendered;
}

export function renderTlsMatch(property: string, match: TlsMatch): Wire<VirtualServiceSpecTlsMatch> {
  checkStruct(property, match, ['sniHosts', ...KNOWN]);
  const sniHosts = checkRequiredList(`${property}.sniHosts`, match.sniHosts, checkSniHost);
  checkUnique(`${property}.sniHosts`, sniHosts);
  return { sniHosts, ...renderAddressee(property, match) };
}

function renderAddressee(property: string, match: TcpMatch): Wire<VirtualServiceSpecTcpMatch> {
  return {
    destinationSubnets: checkFilledList(`${property}.destinationSubnets`, match.destinationSubnets, checkAddressOrRange),
    ...renderSource(property, match),
  };
}

function checkSniHost(property: string, host: string): string {
  if (typeof host === 'string' && isPassthroughName(host)) {
    return host;
  }
  checkHost(property, host);
  if (/^\*[^.]/.test(host)) {
    throw new Error(`${property} must not have a wildcard for a part of a name, which the proxy does not take, got ${describe(host)}, use '*.${host.split('.').slice(1).join('.')}'`);
  }
  return host;
}
