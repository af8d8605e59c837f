import { describe } from '../../../private/describe';
import { keyStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';

type Labels = { readonly [key: string]: string | undefined };

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;

/** Labels of workloads. Istio limits the length of keys, but not of values. */
export function checkLabels(report: Report, rule: string, field: string, labels: Labels | undefined): void {
  for (const key in labels) {
    if (!isLabelKey(key)) {
      report.error(rule, `.${field}${keyStep(key)}`,
        `must have letters, digits, '-', '_' and '.' as its key, at most 63, with an optional domain and '/' in front${got(key)}`, { value: key });
    }
    const value = labels[key]!;
    if (!isLabelValue(value)) {
      report.error(rule, `.${field}${keyStep(key)}`,
        `must be letters, digits, '-', '_' and '.', with a letter or digit first and last${got(value)}`, { value });
    }
  }
}

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  return name.length <= 63 && NAME.test(name) && (slash < 0 || (slash <= 253 && PREFIX.test(key.slice(0, slash))));
}

function isLabelValue(value: string): boolean {
  // long values are not tried as a whole, which would take many steps back
  return value.length <= 63 ? value === '' || NAME.test(value)
    : /^[A-Za-z0-9]/.test(value) && /^[A-Za-z0-9]$/.test(value[value.length - 1]) && !/[^-A-Za-z0-9_.]/.test(value);
}

/** Labels that select workloads. */
export function checkSelector(report: Report, rule: string, field: string, labels: Labels | undefined): void {
  let isEmpty = true;
  for (const key in labels) {
    isEmpty = false;
    const value = labels[key]!;
    if (key === '') {
      report.error(rule, `.${field}${keyStep(key)}`, 'must have a key that is not empty', { value: key });
    }
    if (key.includes('*') || value.includes('*')) {
      report.error(rule, `.${field}${keyStep(key)}`, `must not contain a wildcard, got ${describe(`${key}=${value}`)}`, { value });
    }
  }
  if (isEmpty) {
    report.warn(rule, `.${field}`, 'has no labels, so it selects every workload of the namespace', { fix: 'name the labels of the workloads' });
  }
}
