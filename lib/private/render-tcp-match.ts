import type { TcpMatch } from '../tcp-route';
import type { TlsMatch } from '../tls-route';
import { checkAddressOrRange } from './addresses';
import { describe } from './describe';
import { checkHost } from './names';
import { renderFields } from './render-fields';
import { SOURCE } from './render-source';
import { checkFilledList, checkGiven, checkRequiredList, checkUnique } from './validation';
import { isPassthroughName } from './virtual-hosts';
import type { Wire } from './wire';
import type { VirtualServiceSpecTcpMatch, VirtualServiceSpecTlsMatch } from '../../imports/networking.istio.io';

const TCP_MATCH = {
  destinationSubnets: (property: string, subnets: string[]) => checkFilledList(property, subnets, checkAddressOrRange),
  ...SOURCE,
};
const TLS_MATCH = { sniHosts: renderSniHosts, ...TCP_MATCH };

export function renderTcpMatch(property: string, match: TcpMatch): Wire<VirtualServiceSpecTcpMatch> {
  const rendered = renderFields(property, match, TCP_MATCH);
  if (Object.keys(rendered).length === 0) {
    throw new Error(`${property} must have a condition, leave matches out for a route that takes all connections`);
  }
  return rendered;
}

export function renderTlsMatch(property: string, match: TlsMatch): Wire<VirtualServiceSpecTlsMatch> {
  const rendered = renderFields(property, match, TLS_MATCH);
  return { ...rendered, sniHosts: checkGiven(`${property}.sniHosts`, rendered.sniHosts) };
}

function renderSniHosts(property: string, hosts: string[]): string[] {
  const sniHosts = checkRequiredList(property, hosts, checkSniHost);
  checkUnique(property, sniHosts);
  return sniHosts;
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
