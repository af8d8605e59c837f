import { checkAddress, isAddress, isUnixSocket } from './addresses';
import { describe } from './describe';
import { checkDnsLabel, checkFilledLabels, isDomainName } from './names';
import { checkInteger, checkFilledList, checkFilledMap, checkPort, checkString, checkStruct, UINT32_MAX } from './validation';
import type { Wire } from './wire';
import type { ServiceEntrySpec, ServiceEntrySpecEndpoints } from '../../imports/networking.istio.io';
import type { Endpoint } from '../resolution';

/** What a resolution writes into the entry's spec. */
export type ResolutionSpec = Pick<Wire<ServiceEntrySpec>, 'resolution' | 'endpoints' | 'workloadSelector'>;

/** By what the addresses of endpoints may be. */
export type EndpointAddressing = 'static' | 'dns';

type WireEndpoint = Wire<ServiceEntrySpecEndpoints>;

export function renderEndpoints(property: string, endpoints: Endpoint[], addressing: EndpointAddressing): WireEndpoint[] | undefined {
  return checkFilledList(property, endpoints, (item, endpoint) => renderEndpoint(item, endpoint, addressing));
}

function renderEndpoint(property: string, endpoint: Endpoint, addressing: EndpointAddressing): WireEndpoint {
  checkStruct(property, endpoint, ['address', 'ports', 'labels', 'network', 'locality', 'weight', 'serviceAccount']);
  checkEndpointAddress(property, endpoint, addressing);
  return {
    address: endpoint.address,
    ports: checkFilledMap(`${property}.ports`, endpoint.ports, (item, port, name) => {
      checkPortName(`${property}.ports`, name);
      return checkPort(item, port);
    }),
    labels: checkFilledLabels(`${property}.labels`, endpoint.labels),
    network: checkString(`${property}.network`, endpoint.network, 2048),
    locality: checkString(`${property}.locality`, endpoint.locality, 2048),
    weight: checkInteger(`${property}.weight`, endpoint.weight, { min: 0, max: UINT32_MAX }),
    serviceAccount: checkString(`${property}.serviceAccount`, endpoint.serviceAccount, 253),
  };
}

function checkPortName(property: string, name: string): void {
  checkDnsLabel(`${property}: name of a port`, name);
  // the schema allows one character less here than for the names of ports themselves
  if (name.length > 62) {
    throw new Error(`${property}: name of a port must be at most 62 characters, got ${describe(name)}`);
  }
}

function checkEndpointAddress(property: string, endpoint: Endpoint, addressing: EndpointAddressing): void {
  const address = checkString(`${property}.address`, endpoint.address, 256);
  if (address === undefined) {
    if (endpoint.network === undefined || addressing === 'dns') {
      throw new Error(`${property}.address must be given${addressing === 'dns' ? '' : ', or the network whose gateway leads to the endpoint'}`);
    }
    return;
  }
  if (addressing === 'static') {
    if (address.startsWith('unix://')) {
      checkUnixSocket(property, endpoint);
    } else {
      checkAddress(`${property}.address`, address);
    }
  } else if (!isAddress(address) && !isDomainName(address)) {
    throw new Error(`${property}.address must be an IP address or a host name, got ${describe(address)}`);
  }
}

function checkUnixSocket(property: string, endpoint: Endpoint): void {
  if (!isUnixSocket(endpoint.address!)) {
    throw new Error(`${property}.address must be an absolute path that names a file, as in unix:///run/app.sock, or an abstract name unix://@app, got ${describe(endpoint.address)}`);
  }
  if (endpoint.ports !== undefined) {
    throw new Error(`${property}.ports must be left out, a Unix domain socket has no ports`);
  }
}
