import type { HttpRule } from '../../../mesh/specs';
import { oneOf } from '../../../private/describe';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { checkDuration, hasSecondFraction } from '../primitives/durations';
import { HEADER_FORM, isHeaderToken } from '../primitives/header-names';
import { checkRegex } from '../primitives/regex';

type CorsPolicy = NonNullable<HttpRule['corsPolicy']>;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

export function checkCorsPolicy(report: Report, policy: CorsPolicy | undefined): void {
  if (policy === undefined) {
    return;
  }
  const mark = report.mark;
  policy.allowOrigins?.forEach((origin, index) => {
    const path = `.allowOrigins${indexStep(index)}`;
    if ((origin.exact ?? origin.prefix ?? origin.regex ?? '') === '') {
      report.error('VS21', path, 'must have an exact, prefix or regex that is not empty', { fix: "write exact: '*' to allow every origin" });
    } else if (origin.regex !== undefined) {
      checkRegex(report, 'VS21', `${path}.regex`, origin.regex);
    }
  });
  policy.allowMethods?.forEach((method, index) => {
    if (!METHODS.includes(method)) {
      report.error('VS21', `.allowMethods${indexStep(index)}`, `must be ${oneOf(METHODS)}${got(method)}`, { value: method });
    }
  });
  checkHeaderNames(report, 'allowHeaders', policy.allowHeaders);
  checkHeaderNames(report, 'exposeHeaders', policy.exposeHeaders);
  checkMaxAge(report, policy.maxAge);
  report.under(mark, 'corsPolicy');
}

function checkHeaderNames(report: Report, field: string, names: readonly string[] | undefined): void {
  names?.forEach((name, index) => {
    if (!isHeaderToken(name)) {
      report.error('VS21', `.${field}${indexStep(index)}`, `must be '*' or ${HEADER_FORM}${got(name)}`, { value: name });
    }
  });
}

function checkMaxAge(report: Report, maxAge: string | undefined): void {
  checkDuration(report, 'VS21', '.maxAge', maxAge);
  if (maxAge !== undefined && hasSecondFraction(maxAge)) {
    report.error('VS21', '.maxAge', `must be whole seconds${got(maxAge)}`, { value: maxAge });
  }
}
