import type { HttpRule } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import type { Report } from '../finding';
import { checkDuration } from '../primitives/durations';
import { checkNotNegative } from '../primitives/numbers';

type Retries = NonNullable<HttpRule['retries']>;

const POLICIES: ReadonlySet<string> = new Set([
  '5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'retriable-4xx', 'refused-stream', 'retriable-status-codes',
  'retriable-headers', 'envoy-ratelimited', 'http3-post-connect-failure', 'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable',
]);

// the status codes that Go has a text for
const STATUS_CODES: ReadonlySet<number> = new Set([
  100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308,
  400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451,
  500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
]);

const SHOWN = 5;

export function checkRetries(report: Report, retries: Retries | undefined): void {
  if (retries === undefined) {
    return;
  }
  const mark = report.mark;
  const { attempts = 0, retryOn = '' } = retries;
  checkNotNegative(report, 'VS26', '.attempts', retries.attempts);
  if (attempts === 0) {
    const given = [
      retries.perTryTimeout === undefined ? '' : 'perTryTimeout',
      retryOn === '' ? '' : 'retryOn',
      retries.retryRemoteLocalities === undefined ? '' : 'retryRemoteLocalities',
    ].filter(field => field !== '');
    if (given.length > 0) {
      const message = `must be at least 1 with ${given.join(', ')}, ${retries.attempts === undefined ? 'without it' : 'with 0'} there are no retries`;
      report.error('VS26', '.attempts', message, { value: retries.attempts });
    }
  }
  checkDuration(report, 'VS26', '.perTryTimeout', retries.perTryTimeout);
  checkDuration(report, 'VS26', '.backoff', retries.backoff);
  if (retryOn !== '') {
    checkRetryOn(report, retryOn);
  }
  report.under(mark, 'retries');
}

function checkRetryOn(report: Report, retryOn: string): void {
  const unknown = retryOn.split(',').filter(policy => !POLICIES.has(policy) && !isStatusCode(policy));
  if (unknown.length > 0) {
    const shown = unknown.slice(0, SHOWN).map(describe).join(', ') + (unknown.length > SHOWN ? ', …' : '');
    const known = unknown.every(policy => POLICIES.has(policy.trim()) || isStatusCode(policy.trim()));
    report.error('VS26', '.retryOn', `must be status codes and names of Envoy's retry policies, separated by commas, got ${shown}`, {
      value: retryOn, fix: known ? 'leave out the spaces' : `use ${[...POLICIES].slice(0, SHOWN).join(', ')} …`,
    });
  }
}

/** As Go reads a number: a sign and zeros in front are allowed. */
function isStatusCode(text: string): boolean {
  return /^\+?0*\d{3}$/.test(text) && STATUS_CODES.has(Number(text));
}
