import type { HttpRule } from '../../../mesh/specs';
import { indexStep, keyStep } from '../../property-path';
import type { Report } from '../finding';
import { isAuthority, plainHeaderProblem, requestHeaderProblem } from '../primitives/header-names';
import { headerValueProblem } from '../primitives/header-values';

type Headers = NonNullable<HttpRule['headers']>;
type Operations = NonNullable<Headers['request']>;
type Values = { readonly [name: string]: string | undefined };

export function checkHeaders(report: Report, headers: Headers | undefined): void {
  if (headers === undefined) {
    return;
  }
  const mark = report.mark;
  checkOperations(report, 'request', headers.request, requestHeaderProblem);
  checkOperations(report, 'response', headers.response, plainHeaderProblem);
  report.under(mark, 'headers');
}

function checkOperations(
  report: Report, field: 'request' | 'response', operations: Operations | undefined, nameProblem: (name: string) => string | undefined,
): void {
  if (operations === undefined) {
    return;
  }
  checkValues(report, `.${field}.set`, operations.set, nameProblem);
  checkValues(report, `.${field}.add`, operations.add, nameProblem);
  operations.remove?.forEach((name, index) => {
    const problem = plainHeaderProblem(name);
    if (problem !== undefined) {
      report.error('VS19', `.${field}.remove${indexStep(index)}`, problem, { value: name });
    }
  });
}

function checkValues(report: Report, path: string, values: Values | undefined, nameProblem: (name: string) => string | undefined): void {
  for (const name in values) {
    const value = values[name]!;
    const ofName = nameProblem(name);
    if (ofName !== undefined) {
      report.error('VS19', path + keyStep(name), ofName, { value: name });
    }
    const ofValue = headerValueProblem(value);
    if (ofValue !== undefined) {
      report.error('VS19', path + keyStep(name), ofValue, { value });
    }
  }
}

/** The authority of a request may be changed once. Istio counts values as it meets them, an empty one only as a second. */
export function checkAuthority(report: Report, route: HttpRule): void {
  const request = route.headers?.request;
  if (request === undefined || (request.set === undefined && request.add === undefined)) {
    return;
  }
  const set = authorities(request.set);
  const add = authorities(request.add);
  const before = route.rewrite?.authority === undefined || route.rewrite.authority === '' ? 0 : 1;
  const verdict = combine(refusal(before, set), refusal(before + filled(set), add));
  if (verdict !== 'never') {
    const details = { fix: 'change it in one place, rewrite.authority', ...(verdict === 'sometimes' ? { random: true } : {}) };
    report.error('VS20', '.headers.request', 'must not change the authority a second time, by another name for it or besides rewrite.authority', details);
  }
}

type Verdict = 'never' | 'sometimes' | 'always';

function authorities(values: Values | undefined): string[] {
  return Object.entries(values ?? {}).filter(([name]) => isAuthority(name)).map(([, value]) => value!);
}

function filled(values: readonly string[]): number {
  return values.filter(value => value !== '').length;
}

/** Whether one of these values comes after one that is not empty. They come in any order. */
function refusal(filledBefore: number, values: readonly string[]): Verdict {
  if (values.length === 0) {
    return 'never';
  }
  const count = filled(values);
  if (filledBefore > 0 || count > 1) {
    return 'always';
  }
  return count === 1 && values.length > 1 ? 'sometimes' : 'never';
}

function combine(a: Verdict, b: Verdict): Verdict {
  return a === 'always' || b === 'always' ? 'always' : a === 'sometimes' || b === 'sometimes' ? 'sometimes' : 'never';
}
