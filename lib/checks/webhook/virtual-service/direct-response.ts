import type { HttpRule } from '../../../mesh/specs';
import type { Report } from '../finding';
import { checkStatus } from './fault';
import { base64Length } from '../primitives/base64';

type DirectResponse = NonNullable<HttpRule['directResponse']>;

const KILOBYTE = 1024;
const LARGE = 100 * KILOBYTE;
const LARGEST = 1024 * KILOBYTE;

export function checkDirectResponse(report: Report, response: DirectResponse | undefined): void {
  if (response === undefined) {
    return;
  }
  const mark = report.mark;
  const size = sizeOf(response.body);
  const details = { fix: 'serve larger contents from a workload, each proxy of the mesh keeps a copy of it' };
  if (size > LARGEST) {
    report.error('VS25', '.body', `must be at most 1 MiB, got ${size} bytes`, details);
  } else if (size > LARGE) {
    report.warn('VS25', '.body', `should be at most 100 KiB, got ${size} bytes`, details);
  }
  checkStatus(report, 'VS25', '.status', response.status);
  report.under(mark, 'directResponse');
}

function sizeOf(body: { readonly string?: string; readonly bytes?: unknown } | undefined): number {
  if (typeof body?.bytes === 'string') {
    return base64Length(body.bytes) ?? 0;
  }
  return Array.isArray(body?.bytes) ? body.bytes.length : Buffer.byteLength(body?.string ?? '');
}
