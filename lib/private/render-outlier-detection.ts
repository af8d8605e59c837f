import { integer, renderSomeFields } from './render-fields';
import { checkBoolean, checkFilledList, renderDuration, UINT32_MAX } from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicyOutlierDetection } from '../../imports/networking.istio.io';
import type { OutlierDetection } from '../outlier-detection';

const count = integer({ min: 0, max: UINT32_MAX });
const percent = integer({ min: 0, max: 100 });
const status = integer({ min: 100, max: 599 });

const DETECTION = {
  consecutive5xxErrors: count,
  consecutiveGatewayErrors: count,
  splitExternalLocalOriginErrors: checkBoolean,
  consecutiveLocalOriginFailures: count,
  interval: renderDuration,
  baseEjectionTime: renderDuration,
  maxEjectionPercent: percent,
  minHealthPercent: percent,
  outlierDetectionHttpErrorCodes: (property: string, codes: number[]) => checkFilledList(property, codes, status),
};

export function renderOutlierDetection(property: string, detection: OutlierDetection): Wire<DestinationRuleSpecTrafficPolicyOutlierDetection> {
  const rendered = renderSomeFields(property, detection, DETECTION);
  const { consecutiveLocalOriginFailures: failures, splitExternalLocalOriginErrors: split } = rendered;
  if (failures !== undefined && failures > 0 && split !== true) {
    throw new Error(`${property}.consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors: true, without it these failures are not counted apart`);
  }
  return rendered;
}
