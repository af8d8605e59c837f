import type { HttpRule } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const SETTING_WITHOUT_EFFECT: Rule = {
  code: 'CI0030',
  severity: Severity.WARNING,
  title: 'A fault says how often it happens, an abort with which status, and a header is set to something.',
  check: settingsWithoutEffect,
};

function* settingsWithoutEffect({ mesh }: RuleContext): Iterable<Problem> {
  const routes = placedRoutes(mesh);
  for (const placed of routes.httpWith('fault')) {
    const { resource, rule } = placed;
    for (const { field, ...rest } of faults(rule)) {
      yield { resource, path: `${placed.path}.${field}`, ...rest };
    }
  }
  for (const placed of routes.httpWith('headers')) {
    const { resource, rule } = placed;
    yield* emptyHeaders(resource, placed.path, rule.headers);
  }
  for (const placed of routes.sharesWith('headers')) {
    const { resource, share } = placed;
    yield* emptyHeaders(resource, placed.path, share.headers);
  }
}

interface Reason {
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

function faults({ fault }: HttpRule): Reason[] {
  const reasons: Reason[] = [];
  const { delay, abort } = fault ?? {};
  if (delay !== undefined && delay.percentage === undefined && (delay as { readonly percent?: number }).percent === undefined) {
    reasons.push({ field: 'fault.delay', message: 'never happens, it has no percentage', fix: 'add percentage: { value: 100 }' });
  }
  if (abort !== undefined && abort.httpStatus === undefined && abort.grpcStatus === undefined) {
    reasons.push({ field: 'fault.abort', message: 'never happens, it has no status', fix: 'add httpStatus or grpcStatus' });
  } else if (abort !== undefined && abort.percentage === undefined) {
    reasons.push({ field: 'fault.abort', message: 'never happens, it has no percentage', fix: 'add percentage: { value: 100 }' });
  }
  return reasons;
}

type Headers = NonNullable<HttpRule['headers']>;

function* emptyHeaders(resource: Problem['resource'], path: string, headers: Headers | undefined): Iterable<Problem> {
  for (const side of ['request', 'response'] as const) {
    for (const [name, value] of Object.entries(headers?.[side]?.set ?? {})) {
      if (value === '') {
        yield {
          resource,
          path: `${path}.headers.${side}.set['${name}']`,
          message: 'does nothing: a header that is set to an empty text stays as it is',
          fix: 'remove the header instead',
        };
      }
    }
  }
}
