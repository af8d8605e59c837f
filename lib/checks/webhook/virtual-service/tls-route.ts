import { checkWeights } from './destination';
import { isRouteHost } from './hosts';
import type { TlsMatch, TlsRule } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { checkSubnets } from './tcp-route';
import type { RouteContext } from './virtual-service';
import { isAddress } from '../primitives/addresses';
import { HOST_FORM, hostFix } from '../primitives/dns';
import { checkGatewayReferences } from '../primitives/gateway-references';
import { checkLabels } from '../primitives/label-map';
import { checkPortUnlessZero } from '../primitives/numbers';

export function checkTlsRoute(report: Report, route: TlsRule, context: RouteContext): void {
  if (route.match === undefined) {
    report.error('VS33', '.match', 'must have at least one match, by sniHosts');
  }
  route.match?.forEach((match, index) => {
    const mark = report.mark;
    checkTlsMatch(report, match, context);
    report.underItem(mark, 'match', index);
  });
  if (route.route === undefined) {
    report.error('VS33', '.route', 'must have a destination');
  } else {
    checkWeights(report, route.route, context);
  }
}

function checkTlsMatch(report: Report, match: TlsMatch, context: RouteContext): void {
  if (match.sniHosts === undefined) {
    report.error('VS33', '.sniHosts', 'must have at least one host', { fix: "repeat the VirtualService's hosts" });
  }
  match.sniHosts?.forEach((host, index) => checkSniHost(report, `.sniHosts${indexStep(index)}`, host, context));
  checkSubnets(report, match.destinationSubnets);
  checkPortUnlessZero(report, 'VS35', '.port', match.port);
  checkLabels(report, 'VS35', 'sourceLabels', match.sourceLabels);
  checkGatewayReferences(report, 'VS35', match.gateways);
}

function checkSniHost(report: Report, path: string, host: string, context: RouteContext): void {
  if (!isRouteHost(host, context.acceptsGeneratedSni)) {
    if (isAddress(host)) {
      report.warn('VS34', path, `${describe(host)} is an IP address, which clients do not send as the name of a server`, { value: host });
    } else {
      report.error('VS34', path, `must be ${HOST_FORM}${got(host)}`, { value: host, fix: hostFix(host) });
    }
  } else if (!context.hosts.cover(host)) {
    report.error('VS34', path, `must be one of the VirtualService's hosts, or fall under a wildcard there${got(host)}`, {
      value: host, fix: `add ${describe(host)} to hosts`,
    });
  }
}
