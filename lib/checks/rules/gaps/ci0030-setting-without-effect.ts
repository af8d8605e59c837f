import type { HttpRule } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const SETTING_WITHOUT_EFFECT: Rule = {
  code: 'CI0030',
  severity: Severity.WARNING,
  title: 'A fault says how often it happens, an abort with which status, and a header is set to something.',
  check: settingsWithoutEffect,
};

function* settingsWithoutEffect({ mesh }: RuleContext): Iterable<Problem> {
  for (const resource of mesh.resources.virtualServices) {
    for (const [index, rule] of (resource.spec.http ?? []).entries()) {
      for (const { path, ...rest } of [...faults(rule), ...emptyHeaders(rule)]) {
        yield { resource, path: `spec.http[${index}].${path}`, ...rest };
      }
    }
  }
}

interface Reason {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

function faults({ fault }: HttpRule): Reason[] {
  const reasons: Reason[] = [];
  const { delay, abort } = fault ?? {};
  if (delay !== undefined && delay.percentage === undefined && (delay as { readonly percent?: number }).percent === undefined) {
    reasons.push({ path: 'fault.delay', message: 'never happens, it has no percentage', fix: 'add percentage: { value: 100 }' });
  }
  if (abort !== undefined && abort.httpStatus === undefined && abort.grpcStatus === undefined) {
    reasons.push({ path: 'fault.abort', message: 'never happens, it has no status', fix: 'add httpStatus or grpcStatus' });
  } else if (abort !== undefined && abort.percentage === undefined) {
    reasons.push({ path: 'fault.abort', message: 'never happens, it has no percentage', fix: 'add percentage: { value: 100 }' });
  }
  return reasons;
}

type Headers = NonNullable<HttpRule['headers']>;

function emptyHeaders({ headers, route = [] }: HttpRule): Reason[] {
  return [...emptyIn(headers, 'headers'), ...route.flatMap((item, index) => emptyIn(item.headers, `route[${index}].headers`))];
}

function emptyIn(headers: Headers | undefined, path: string): Reason[] {
  return headers === undefined ? [] : (['request', 'response'] as const).flatMap(side => Object.entries(headers[side]?.set ?? {}).flatMap(([name, value]) =>
    value === '' ? [{ path: `${path}.${side}.set['${name}']`, message: 'does nothing: a header that is set to an empty text stays as it is', fix: 'remove the header instead' }] : []));
}
