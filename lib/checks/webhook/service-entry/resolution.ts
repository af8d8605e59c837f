import type { ServiceEntrySpec } from '../../../mesh/specs';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import type { Metadata } from '../metadata';
import { checkDnsEndpoint, checkStaticEndpoint } from './endpoints';
import { isDomainName, NAME_FORM } from '../primitives/dns';
import { isTcp, protocolOf } from '../primitives/protocols';

const USE_WAYPOINT = 'istio.io/use-waypoint';
const DYNAMIC_PROTOCOLS: ReadonlySet<string> = new Set(['HTTP', 'TLS', 'GRPC', 'HTTP2']);

/** What may be given depends on how the addresses of the hosts are found. */
export function checkResolution(report: Report, spec: ServiceEntrySpec, metadata: Metadata): void {
  switch (spec.resolution ?? 'NONE') {
    case 'NONE':
      return checkNone(report, spec);
    case 'STATIC':
      return checkStatic(report, spec);
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      return checkDns(report, spec);
    case 'DYNAMIC_DNS':
      return checkDynamicDns(report, spec, metadata);
    default:
      // the decoder lets other numbers than those of the words through
      report.error('SE17', '.resolution', `must be NONE, STATIC, DNS, DNS_ROUND_ROBIN or DYNAMIC_DNS${got(spec.resolution)}`, { value: spec.resolution });
  }
}

function checkNone(report: Report, spec: ServiceEntrySpec): void {
  if (spec.endpoints !== undefined) {
    report.error('SE7', '.endpoints', 'must not be given with resolution NONE, which sends to the address that the client has looked up', {
      fix: 'set resolution to STATIC for endpoints with addresses, to DNS for those with names',
    });
  }
  if (spec.workloadSelector !== undefined) {
    report.warn('SE7', '.workloadSelector', 'has no effect with resolution NONE', { fix: 'set resolution to STATIC' });
  }
}

function checkStatic(report: Report, spec: ServiceEntrySpec): void {
  const ports = portNames(spec);
  spec.endpoints?.forEach((endpoint, index) => {
    const mark = report.mark;
    checkStaticEndpoint(report, endpoint, ports);
    report.underItem(mark, 'endpoints', index);
  });
}

function portNames(spec: ServiceEntrySpec): ReadonlySet<string> {
  return new Set(spec.ports?.map(port => port.name ?? ''));
}

function checkDns(report: Report, spec: ServiceEntrySpec): void {
  const { hosts = [], endpoints } = spec;
  if (endpoints === undefined) {
    const index = hosts.findIndex(host => !isDomainName(host));
    if (index >= 0) {
      report.error('SE9', `.hosts${indexStep(index)}`, `must be ${NAME_FORM}, to be looked up in DNS${got(hosts[index])}`, {
        value: hosts[index], fix: 'list endpoints to look up instead, or use resolution NONE or DYNAMIC_DNS',
      });
    }
  } else {
    if (spec.resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
      report.error('SE10', '.endpoints', `must have at most one endpoint with resolution DNS_ROUND_ROBIN, got ${endpoints.length}`, { fix: 'use resolution DNS' });
    }
    const ports = portNames(spec);
    endpoints.forEach((endpoint, index) => {
      const mark = report.mark;
      checkDnsEndpoint(report, endpoint, ports);
      report.underItem(mark, 'endpoints', index);
    });
  }
  if (spec.addresses !== undefined && hosts.length > 1 && spec.ports?.some(port => isTcp(protocolOf(port.protocol))) === true) {
    report.warn('SE12', '.hosts', 'should be one host, as connections to the addresses of an entry with a port of TCP or TLS do not say which host they mean', {
      fix: 'make an entry for each host',
    });
  }
}

function checkDynamicDns(report: Report, spec: ServiceEntrySpec, metadata: Metadata): void {
  spec.hosts?.forEach((host, index) => {
    if (!host.startsWith('*')) {
      report.error('SE13', `.hosts${indexStep(index)}`, `must be a wildcard with resolution DYNAMIC_DNS${got(host)}`, { value: host, fix: 'use resolution DNS' });
    }
  });
  for (const field of ['addresses', 'endpoints'] as const) {
    if (spec[field] !== undefined) {
      report.error('SE13', `.${field}`, 'must not be given with resolution DYNAMIC_DNS, which looks up the host of each request');
    }
  }
  spec.ports?.forEach((port, index) => {
    if (!DYNAMIC_PROTOCOLS.has(protocolOf(port.protocol))) {
      report.error('SE13', `.ports${indexStep(index)}.protocol`, `must be HTTP, HTTP2, GRPC or TLS with resolution DYNAMIC_DNS${got(port.protocol)}`, {
        value: port.protocol, fix: protocolOf(port.protocol) === 'HTTPS' ? 'write TLS' : undefined,
      });
    }
  });
  // the decoder lets other numbers than those of the words through
  if (typeof spec.location === 'number') {
    report.error('SE18', '.location', `must be MESH_EXTERNAL or MESH_INTERNAL${got(spec.location)}`, { value: spec.location });
  }
  const waypoint = metadata.labels[USE_WAYPOINT] ?? '';
  if (spec.location === 'MESH_INTERNAL' && waypoint !== '' && !/^none$/iu.test(waypoint)) {
    report.error('SE13', '.location', 'must be MESH_EXTERNAL with resolution DYNAMIC_DNS for an entry with a waypoint', { value: spec.location });
  }
}
