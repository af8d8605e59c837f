import type { Report } from '../finding';
import { got } from '../got';

export function checkPort(report: Report, rule: string, path: string, port: number | undefined): void {
  const number = port ?? 0;
  if (number < 1 || number > 65535) {
    report.error(rule, path, `must be a port from 1 to 65535${got(port)}`, { value: port });
  }
}

/** A port where 0 stands for "not given". */
export function checkPortUnlessZero(report: Report, rule: string, path: string, port: number | undefined): void {
  if (port !== undefined && port !== 0) {
    checkPort(report, rule, path, port);
  }
}

export function checkNotNegative(report: Report, rule: string, path: string, value: number | undefined): void {
  if (value !== undefined && value < 0) {
    report.error(rule, path, `must not be negative, got ${value}`, { value });
  }
}

/** A percentage. What is not a number passes, as it does in Istio. */
export function checkPercent(report: Report, rule: string, path: string, value: number | undefined): void {
  if (value !== undefined && (value < 0 || value > 100)) {
    report.error(rule, path, `must be from 0 to 100, got ${value}`, { value });
  }
}
