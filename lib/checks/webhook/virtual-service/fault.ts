import type { HttpRule } from '../../../mesh/specs';
import { oneOf } from '../../../private/describe';
import type { Report } from '../finding';
import { got } from '../got';
import { checkDuration } from '../primitives/durations';

type Fault = NonNullable<HttpRule['fault']>;
type Abort = NonNullable<Fault['abort']>;
type Delay = NonNullable<Fault['delay']>;

const GRPC_STATUSES = [
  'OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED',
];

export function checkFault(report: Report, fault: Fault | undefined): void {
  if (fault === undefined) {
    return;
  }
  const mark = report.mark;
  if (fault.abort === undefined && fault.delay === undefined) {
    report.error('VS22', '', 'must have an abort or a delay');
  }
  checkAbort(report, fault.abort);
  checkDelay(report, fault.delay);
  report.under(mark, 'fault');
}

function checkAbort(report: Report, abort: Abort | undefined): void {
  if (abort === undefined) {
    return;
  }
  checkShare(report, '.abort.percentage.value', abort.percentage?.value);
  if (abort.grpcStatus !== undefined && !GRPC_STATUSES.includes(abort.grpcStatus)) {
    report.error('VS22', '.abort.grpcStatus', `must be ${oneOf(GRPC_STATUSES)}${got(abort.grpcStatus)}`, { value: abort.grpcStatus });
  }
  if (abort.http2Error !== undefined) {
    report.error('VS22', '.abort.http2Error', 'is not supported by Istio', { value: abort.http2Error, fix: 'use httpStatus or grpcStatus' });
  }
  if (abort.httpStatus !== undefined) {
    checkStatus(report, 'VS22', '.abort.httpStatus', abort.httpStatus);
  }
}

function checkDelay(report: Report, delay: Delay | undefined): void {
  if (delay === undefined) {
    return;
  }
  checkShare(report, '.delay.percentage.value', delay.percentage?.value);
  checkDuration(report, 'VS22', '.delay.fixedDelay', delay.fixedDelay);
  if (delay.exponentialDelay !== undefined) {
    report.error('VS22', '.delay.exponentialDelay', 'is not supported by Istio', { value: delay.exponentialDelay, fix: 'use fixedDelay' });
  }
}

/** A percentage of requests, of which Envoy counts millionths. */
function checkShare(report: Report, path: string, value: number | undefined): void {
  if (value !== undefined && (value < 0 || value > 100 || (value > 0 && value < 0.0001))) {
    report.error('VS22', path, `must be 0, or from 0.0001 to 100, got ${value}`, { value });
  }
}

/** A status of HTTP as Istio has it: 600 passes. */
export function checkStatus(report: Report, rule: string, path: string, status: number | undefined): void {
  const code = status ?? 0;
  if (code < 200 || code > 600) {
    report.error(rule, path, `must be from 200 to 599${got(status)}`, { value: status });
  }
}
