import { checkPorts } from './ports';
import type { ServiceEntryPort, ServiceEntrySpec } from '../../../mesh/specs';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import type { Metadata } from '../metadata';
import { checkResolution } from './resolution';
import { isAddressOrRange } from '../primitives/addresses';
import { hasPartialWildcard, HOST_FORM, hostFix, isWildcardDomainName } from '../primitives/dns';
import { checkExportTo } from '../primitives/export-to';
import { checkSelector } from '../primitives/label-map';
import { isHttp, isTls, protocolOf } from '../primitives/protocols';

export function checkServiceEntry(report: Report, spec: ServiceEntrySpec, metadata: Metadata): void {
  const start = report.mark;
  const isRejectedAtOnce = checkWorkloadSelector(report, spec);
  if (spec.workloadSelector !== undefined && spec.endpoints !== undefined) {
    report.error('SE2', '.endpoints', 'must not be given with workloadSelector', { fix: 'give the workloads outside of Kubernetes WorkloadEntries with the same labels' });
  }
  checkHosts(report, spec);
  checkAddresses(report, spec);
  checkPorts(report, spec, metadata);
  checkResolution(report, spec, metadata);
  checkHostsOfPorts(report, spec);
  checkExportTo(report, spec.exportTo, metadata.namespace, { rule: 'SE16', allowsNone: true });
  if (isRejectedAtOnce) {
    report.dropWarnings(start);
  }
  report.prefix(start, 'spec');
}

/** Answers whether Istio goes no further. */
function checkWorkloadSelector(report: Report, { workloadSelector }: ServiceEntrySpec): boolean {
  if (workloadSelector === undefined) {
    return false;
  }
  const mark = report.mark;
  checkSelector(report, 'SE1', 'labels', workloadSelector.labels);
  report.under(mark, 'workloadSelector');
  return report.findings.some((finding, index) => index >= mark && finding.severity === 'error');
}

function checkHosts(report: Report, { hosts = [], resolution }: ServiceEntrySpec): void {
  if (hosts.length === 0) {
    report.error('SE3', '.hosts', 'must have at least one host');
  }
  hosts.forEach((host, index) => {
    const path = `.hosts${indexStep(index)}`;
    if (host === '*') {
      report.error('SE3', path, "must not be '*', which would stand for every host there is", { value: host });
      return;
    }
    if (!isWildcardDomainName(host)) {
      report.error('SE3', path, `must be ${HOST_FORM}${got(host)}`, { value: host, fix: hostFix(host) });
    }
    if (resolution !== 'DYNAMIC_DNS' && hasPartialWildcard(host)) {
      report.warn('SE4', path, `has a wildcard for a part of a name${got(host)}`, { value: host, fix: "write the wildcard as a part of its own, as in '*.example.com'" });
    }
  });
}

function checkAddresses(report: Report, { addresses, resolution = 'NONE' }: ServiceEntrySpec): void {
  addresses?.forEach((address, index) => {
    const path = `.addresses${indexStep(index)}`;
    if (!isAddressOrRange(address)) {
      report.error('SE5', path, `must be an IP address or a range such as '10.0.0.0/8'${got(address)}`, { value: address });
    }
    if (address.includes('/') && resolution !== 'NONE' && resolution !== 'STATIC') {
      report.error('SE5', path, `must be a single address, ranges are for resolution NONE and STATIC only${got(address)}`, { value: address });
    }
  });
}

/** Connections tell by host where they belong, if at all: by a header in HTTP, by SNI in TLS. */
function checkHostsOfPorts(report: Report, { hosts = [], ports, resolution = 'NONE' }: ServiceEntrySpec): void {
  if (resolution === 'NONE' || hosts.length < 2) {
    return;
  }
  const index = ports?.findIndex(port => !namesHost(port)) ?? -1;
  if (index >= 0) {
    const protocol = ports![index].protocol ?? '';
    report.error('SE15', `.ports${indexStep(index)}.protocol`,
      `must be an HTTP or TLS protocol in an entry with several hosts, as others do not say which host they mean${got(protocol)}`, {
        value: protocol, fix: 'make an entry for each host',
      });
  }
}

function namesHost(port: ServiceEntryPort): boolean {
  const protocol = protocolOf(port.protocol);
  return isHttp(protocol) || isTls(protocol);
}
