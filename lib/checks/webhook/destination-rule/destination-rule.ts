import type { DestinationRuleSpec, SubsetSpec } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import type { Report } from '../finding';
import { got } from '../got';
import type { Metadata } from '../metadata';
import { checkTrafficPolicy } from './traffic-policy';
import { HOST_FORM, hostFix, isDnsLabel, isWildcardDomainName, LABEL_FORM } from '../primitives/dns';
import { checkExportTo } from '../primitives/export-to';
import { checkLabels, checkSelector } from '../primitives/label-map';

export function checkDestinationRule(report: Report, spec: DestinationRuleSpec, metadata: Metadata): void {
  const start = report.mark;
  if (!isWildcardDomainName(spec.host ?? '')) {
    report.error('DR1', '.host', `must be ${HOST_FORM}${got(spec.host)}`, { value: spec.host, fix: hostFix(spec.host ?? '') });
  }
  checkTrafficPolicy(report, spec.trafficPolicy, metadata.namespace);
  const names = new Map<string, number>();
  spec.subsets?.forEach((subset, index) => {
    const mark = report.mark;
    const first = names.get(subset.name ?? '');
    if (first !== undefined) {
      report.error('DR2', '.name', `must be unique, but ${describe(subset.name)} is also the name of subsets[${first}]`, { value: subset.name });
    } else {
      names.set(subset.name ?? '', index);
    }
    checkSubset(report, subset, metadata.namespace);
    report.underItem(mark, 'subsets', index);
  });
  checkExportTo(report, spec.exportTo, metadata.namespace, { rule: 'DR3', hasWorkloadSelector: spec.workloadSelector !== undefined });
  if (spec.workloadSelector !== undefined) {
    const mark = report.mark;
    checkSelector(report, 'DR3', 'matchLabels', spec.workloadSelector.matchLabels);
    report.under(mark, 'workloadSelector');
  }
  report.prefix(start, 'spec');
}

function checkSubset(report: Report, subset: SubsetSpec, namespace: string): void {
  if (!isDnsLabel(subset.name ?? '')) {
    report.error('DR2', '.name', `must be ${LABEL_FORM}${got(subset.name)}`, { value: subset.name });
  }
  checkLabels(report, 'DR2', 'labels', subset.labels);
  const mark = report.mark;
  checkTrafficPolicy(report, subset.trafficPolicy, namespace);
  // Istio loses the warnings about subsets
  report.dropWarnings(mark);
}
