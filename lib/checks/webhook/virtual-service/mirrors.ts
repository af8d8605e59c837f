import type { HttpRule } from '../../../mesh/specs';
import type { Report } from '../finding';
import { checkDestination } from './destination';
import { checkPercent } from '../primitives/numbers';

/** Where copies of the requests go, and of how many. */
export function checkMirrors(report: Report, route: HttpRule): void {
  const { mirrorPercent } = route;
  if (mirrorPercent !== undefined) {
    checkPercent(report, 'VS23', '.mirrorPercent', mirrorPercent);
    report.warn('VS23', '.mirrorPercent', 'is deprecated', { value: mirrorPercent, fix: `write mirrorPercentage: { value: ${mirrorPercent} }` });
  }
  checkPercent(report, 'VS23', '.mirrorPercentage.value', route.mirrorPercentage?.value);
  route.mirrors?.forEach((mirror, index) => {
    const mark = report.mark;
    if (mirror.destination === undefined) {
      report.error('VS23', '.destination', 'must be given');
    } else {
      checkDestination(report, 'destination', mirror.destination);
      checkPercent(report, 'VS23', '.percentage.value', mirror.percentage?.value);
    }
    report.underItem(mark, 'mirrors', index);
  });
}
