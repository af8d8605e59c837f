import type { ServiceEntrySpec } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import { keyStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { isAddress, isSocketPath, UNIX_PREFIX } from '../primitives/addresses';
import { isDnsLabel, isDomainName, LABEL_FORM, NAME_FORM } from '../primitives/dns';
import { checkLabels } from '../primitives/label-map';
import { checkPort } from '../primitives/numbers';

type Endpoint = NonNullable<ServiceEntrySpec['endpoints']>[number];

export function checkStaticEndpoint(report: Report, endpoint: Endpoint, ports: ReadonlySet<string>): void {
  const { address = '', network = '' } = endpoint;
  if (address === '' && network === '') {
    report.error('SE8', '.address', 'must be given, unless the endpoint has a network', { value: endpoint.address });
    return;
  }
  if (address === '') {
    report.warn('SE8', '.address', `is not given, so that only the gateways of network ${describe(network)} can be used`, { value: endpoint.address });
  } else if (address.startsWith(UNIX_PREFIX)) {
    checkSocket(report, endpoint, ports);
  } else if (!isAddress(address)) {
    report.error('SE8', '.address', `must be an IP address, or '${UNIX_PREFIX}' and a path${got(address)}`, {
      value: address, fix: isDomainName(address) ? 'set resolution to DNS' : undefined,
    });
  }
  checkEndpointPorts(report, 'SE8', endpoint, ports);
  checkLabels(report, 'SE8', 'labels', endpoint.labels);
}

function checkSocket(report: Report, { address = '', ports: own }: Endpoint, ports: ReadonlySet<string>): void {
  if (!isSocketPath(address.slice(UNIX_PREFIX.length))) {
    report.error('SE8', '.address', `must have the absolute path of a file after '${UNIX_PREFIX}', or '@' and a name${got(address)}`, { value: address });
  }
  if (own !== undefined) {
    report.error('SE8', '.ports', 'must not be given for a Unix domain socket', { value: own });
  }
  if (ports.size !== 1) {
    report.error('SE8', '.address', `must not be a Unix domain socket unless the entry has exactly one port, it has ${ports.size}`, { value: address });
  }
}

export function checkDnsEndpoint(report: Report, endpoint: Endpoint, ports: ReadonlySet<string>): void {
  const { address = '' } = endpoint;
  if (!isAddress(address) && !isDomainName(address)) {
    report.error('SE11', '.address', `must be an IP address or ${NAME_FORM}${got(endpoint.address)}`, { value: endpoint.address });
  }
  checkLabels(report, 'SE11', 'labels', endpoint.labels);
  checkEndpointPorts(report, 'SE11', endpoint, ports);
}

function checkEndpointPorts(report: Report, rule: string, endpoint: Endpoint, ports: ReadonlySet<string>): void {
  for (const name in endpoint.ports) {
    const path = `.ports${keyStep(name)}`;
    if (!ports.has(name)) {
      report.error(rule, path, `must have the name of a port of the entry as its key${got(name)}`, { value: name });
    } else if (!isDnsLabel(name)) {
      report.error(rule, path, `must have ${LABEL_FORM} as its key${got(name)}`, { value: name });
    }
    checkPort(report, rule, path, endpoint.ports[name]);
  }
}
