import type { TrafficPolicy } from '../../../mesh/specs';
import type { Report } from '../finding';
import { checkDuration } from '../primitives/durations';
import { checkPercent } from '../primitives/numbers';

export function checkOutlierDetection(report: Report, outlier: TrafficPolicy['outlierDetection']): void {
  if (outlier === undefined) {
    return;
  }
  const mark = report.mark;
  checkDuration(report, 'DR6', '.baseEjectionTime', outlier.baseEjectionTime);
  checkDuration(report, 'DR6', '.interval', outlier.interval);
  if ((outlier.consecutiveErrors ?? 0) !== 0) {
    report.warn('DR6', '.consecutiveErrors', 'is deprecated', { value: outlier.consecutiveErrors, fix: 'use consecutive5xxErrors or consecutiveGatewayErrors' });
  }
  if ((outlier.consecutiveLocalOriginFailures ?? 0) > 0 && outlier.splitExternalLocalOriginErrors !== true) {
    report.error('DR6', '.consecutiveLocalOriginFailures', 'must not be given without splitExternalLocalOriginErrors: true', {
      value: outlier.consecutiveLocalOriginFailures,
    });
  }
  checkPercent(report, 'DR6', '.maxEjectionPercent', outlier.maxEjectionPercent);
  checkPercent(report, 'DR6', '.minHealthPercent', outlier.minHealthPercent);
  report.under(mark, 'outlierDetection');
}
