import { checkWeights } from './destination';
import type { TcpMatch, TcpRule } from '../../../mesh/specs';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import type { RouteContext } from './virtual-service';
import { isAddressOrRange } from '../primitives/addresses';
import { checkGatewayReferences } from '../primitives/gateway-references';
import { checkLabels } from '../primitives/label-map';
import { checkPortUnlessZero } from '../primitives/numbers';

export function checkTcpRoute(report: Report, route: TcpRule, context: RouteContext): void {
  route.match?.forEach((match, index) => {
    const mark = report.mark;
    checkTcpMatch(report, match);
    report.underItem(mark, 'match', index);
  });
  if (route.route === undefined) {
    report.error('VS36', '.route', 'must have a destination');
  } else {
    checkWeights(report, route.route, context);
  }
}

function checkTcpMatch(report: Report, match: TcpMatch): void {
  checkSubnets(report, match.destinationSubnets);
  checkPortUnlessZero(report, 'VS35', '.port', match.port);
  checkLabels(report, 'VS35', 'sourceLabels', match.sourceLabels);
  checkGatewayReferences(report, 'VS35', match.gateways, { withoutWarnings: true });
}

export function checkSubnets(report: Report, subnets: readonly string[] | undefined): void {
  subnets?.forEach((subnet, index) => {
    if (!isAddressOrRange(subnet)) {
      report.error('VS35', `.destinationSubnets${indexStep(index)}`, `must be an IP address or a range such as '10.0.0.0/8'${got(subnet)}`, { value: subnet });
    }
  });
}
