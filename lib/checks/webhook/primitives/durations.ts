import { parseDuration } from '../../schema/duration';
import type { Report } from '../finding';
import { got } from '../got';

const MILLISECOND = 1_000_000n;
const SECOND = 1_000_000_000n;
const PLAIN = /^[1-9]\d{0,8}(?:ms|[smh])$/;

/** A duration that Envoy can use: at least a millisecond, and no part of one. */
export function checkDuration(report: Report, rule: string, path: string, text: string | undefined): void {
  if (text === undefined || PLAIN.test(text)) {
    return;
  }
  const nanoseconds = toNanoseconds(text);
  if (nanoseconds < MILLISECOND) {
    const fix = nanoseconds === 0n ? 'leave the field out to have no limit of your own' : undefined;
    report.error(rule, path, `must be at least 1ms${got(text)}`, { value: text, fix });
  } else if (nanoseconds % MILLISECOND !== 0n) {
    report.error(rule, path, `must be whole milliseconds${got(text)}`, { value: text });
  }
}

/** A duration that may also be zero, or so short that it is taken for zero. */
export function checkDurationOrZero(report: Report, rule: string, path: string, text: string | undefined): void {
  if (text !== undefined && !PLAIN.test(text) && toNanoseconds(text) / MILLISECOND !== 0n) {
    checkDuration(report, rule, path, text);
  }
}

/** Whether a positive duration is not made of whole seconds. */
export function hasSecondFraction(text: string): boolean {
  return !/^\d{1,9}[smh]$/.test(text) && toNanoseconds(text) % SECOND > 0n;
}

/** The decoder has made sure that there is a duration in the text. */
function toNanoseconds(text: string): bigint {
  return BigInt(parseDuration(text)!);
}
