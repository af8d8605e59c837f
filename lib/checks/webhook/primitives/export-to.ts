import { describe } from '../../../private/describe';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { isDnsLabel, LABEL_FORM } from './dns';

export interface ExportToRules {
  readonly rule: string;
  /** `~` is allowed, which exports to no one. */
  readonly allowsNone?: boolean;
  /** The object is for some workloads only, so that no other namespace may see it. */
  readonly hasWorkloadSelector?: boolean;
}

/** The namespaces that an object is exported to: `.` for its own, `*` for all. */
export function checkExportTo(report: Report, exportTo: readonly string[] | undefined, namespace: string, rules: ExportToRules): void {
  if (exportTo === undefined) {
    return;
  }
  const accepted = new Set<string>();
  exportTo.forEach((entry, index) => {
    const target = entry === '.' ? namespace : entry;
    if (accepted.has(target)) {
      const message = target === entry ? `repeats ${describe(entry)}` : `repeats the namespace of the object, ${describe(namespace)}`;
      report.error(rules.rule, `.exportTo${indexStep(index)}`, message, { value: entry });
    } else if (target === '~' && rules.allowsNone !== true) {
      report.error(rules.rule, `.exportTo${indexStep(index)}`, "must not be '~', which only a ServiceEntry can be exported to", { value: entry });
    } else if (target !== '~' && target !== '*' && target !== '.' && !isDnsLabel(target)) {
      report.error(rules.rule, `.exportTo${indexStep(index)}`, `must be '*', '.' or a namespace (${LABEL_FORM})${got(entry)}`, { value: entry });
    } else {
      accepted.add(target);
    }
  });
  checkCombination(report, exportTo, accepted, namespace, rules);
}

function checkCombination(
  report: Report, exportTo: readonly string[], accepted: ReadonlySet<string>, namespace: string, rules: ExportToRules,
): void {
  if (rules.hasWorkloadSelector === true && accepted.size > 0 && (accepted.size > 1 || !accepted.has(namespace))) {
    report.error(rules.rule, '.exportTo', "must be nothing but '.' next to workloadSelector, which only selects workloads of the own namespace", { value: exportTo });
  }
  for (const alone of ['*', '~']) {
    if (accepted.has(alone) && exportTo.length > 1) {
      report.error(rules.rule, '.exportTo', `must have '${alone}' alone or not at all`, { value: exportTo });
    }
  }
}
