import type { Destination, HttpDestination, L4Destination } from '../../../mesh/specs';
import type { Report } from '../finding';
import { got } from '../got';
import type { RouteContext } from './virtual-service';
import { HOST_FORM, hostFix, isDnsLabel, isWildcardDomainName, LABEL_FORM } from '../primitives/dns';
import { checkNotNegative, checkPort } from '../primitives/numbers';

export function checkDestination(report: Report, field: string, destination: Destination | undefined): void {
  if (destination === undefined) {
    return;
  }
  const mark = report.mark;
  const host = destination.host ?? '';
  if (host === '*') {
    report.error('VS29', '.host', "must be one host, not '*'", { value: host });
  } else if (!isWildcardDomainName(host)) {
    report.error('VS29', '.host', `must be ${HOST_FORM}${got(destination.host)}`, { value: destination.host, fix: destinationFix(host) });
  }
  if (destination.subset !== undefined && destination.subset !== '' && !isDnsLabel(destination.subset)) {
    report.error('VS29', '.subset', `must be ${LABEL_FORM}${got(destination.subset)}`, { value: destination.subset });
  }
  if (destination.port !== undefined) {
    checkPort(report, 'VS29', '.port.number', destination.port.number);
  }
  report.under(mark, field);
}

function destinationFix(host: string): string | undefined {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? 'route to an address by a ServiceEntry that has it as an endpoint' : hostFix(host);
}

/** The destinations of a route and their shares. */
export function checkWeights(report: Report, route: readonly (HttpDestination | L4Destination)[], context: RouteContext): void {
  let total = 0;
  route.forEach((share, index) => {
    const mark = report.mark;
    if (share.destination === undefined) {
      report.error('VS28', '.destination', 'must be given');
    }
    if (!context.isConverted) {
      checkDestination(report, 'destination', share.destination);
    }
    checkNotNegative(report, 'VS28', '.weight', share.weight);
    total += share.weight ?? 0;
    report.underItem(mark, 'route', index);
  });
  // Istio adds in 32 bits
  if (route.length > 1 && total % 2 ** 32 === 0) {
    report.error('VS28', '.route', 'must have a positive weight, several destinations share requests by weight', { fix: 'give each destination a weight' });
  }
}
