import type { FaultDelay, FaultInjection } from '../fault-injection';
import { checkFaultPercent } from './percentages';
import { checkGiven, checkMadeBy, checkStruct, renderDuration } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpFault, VirtualServiceSpecHttpFaultDelay } from '../../imports/networking.istio.io';

export function renderFault(property: string, fault: FaultInjection | undefined): Wire<VirtualServiceSpecHttpFault> | undefined {
  if (fault === undefined) {
    return undefined;
  }
  checkStruct(property, fault, ['delay', 'abort']);
  if (fault.delay === undefined && fault.abort === undefined) {
    throw new Error(`${property} must have delay or abort, leave it out instead`);
  }
  return {
    delay: fault.delay === undefined ? undefined : renderDelay(`${property}.delay`, fault.delay),
    abort: fault.abort === undefined ? undefined : checkMadeBy(`${property}.abort`, fault.abort, '_toAbort', 'FaultAbort, such as FaultAbort.httpStatus()')._toAbort(),
  };
}

function renderDelay(property: string, delay: FaultDelay): Wire<VirtualServiceSpecHttpFaultDelay> {
  checkStruct(property, delay, ['fixedDelay', 'percent']);
  return {
    fixedDelay: renderDuration(`${property}.fixedDelay`, checkGiven(`${property}.fixedDelay`, delay.fixedDelay)),
    percentage: { value: checkFaultPercent(`${property}.percent`, checkGiven(`${property}.percent`, delay.percent)) },
  };
}
