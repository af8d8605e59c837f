import { checkBoolean, checkFilledList, checkFilledStruct, checkInteger, renderDuration, UINT32_MAX } from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicyOutlierDetection } from '../../imports/networking.istio.io';
import type { OutlierDetection } from '../outlier-detection';

const COUNT = { min: 0, max: UINT32_MAX };
const PERCENT = { min: 0, max: 100 };
const KNOWN: (keyof OutlierDetection)[] = [
  'consecutive5xxErrors', 'consecutiveGatewayErrors', 'splitExternalLocalOriginErrors', 'consecutiveLocalOriginFailures', 'interval', 'baseEjectionTime',
  'maxEjectionPercent', 'minHealthPercent', 'outlierDetectionHttpErrorCodes',
];

export function renderOutlierDetection(property: string, detection: OutlierDetection): Wire<DestinationRuleSpecTrafficPolicyOutlierDetection> {
  checkFilledStruct(property, detection, KNOWN);
  const failures = checkInteger(`${property}.consecutiveLocalOriginFailures`, detection.consecutiveLocalOriginFailures, COUNT);
  const split = checkBoolean(`${property}.splitExternalLocalOriginErrors`, detection.splitExternalLocalOriginErrors);
  if (failures !== undefined && failures > 0 && split !== true) {
    throw new Error(`${property}.consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors: true, without it these failures are not counted apart`);
  }
  return {
    consecutive5xxErrors: checkInteger(`${property}.consecutive5xxErrors`, detection.consecutive5xxErrors, COUNT),
    consecutiveGatewayErrors: checkInteger(`${property}.consecutiveGatewayErrors`, detection.consecutiveGatewayErrors, COUNT),
    splitExternalLocalOriginErrors: split,
    consecutiveLocalOriginFailures: failures,
    interval: renderDuration(`${property}.interval`, detection.interval),
    baseEjectionTime: renderDuration(`${property}.baseEjectionTime`, detection.baseEjectionTime),
    maxEjectionPercent: checkInteger(`${property}.maxEjectionPercent`, detection.maxEjectionPercent, PERCENT),
    minHealthPercent: checkInteger(`${property}.minHealthPercent`, detection.minHealthPercent, PERCENT),
    outlierDetectionHttpErrorCodes: checkFilledList(`${property}.outlierDetectionHttpErrorCodes`, detection.outlierDetectionHttpErrorCodes,
      (item, code) => checkInteger(item, code, { min: 100, max: 599 })),
  };
}
