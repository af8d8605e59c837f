import { isPlainObject } from '../../../mesh/manifest';
import { isAddressOrRange } from '../../webhook/primitives/addresses';

/** What the value of an annotation must be. */
interface ValueRule {
  /** What is allowed, in words. */
  readonly allowed: string;
  isMet(value: string): boolean;
}

const INTERFACE = /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/;

/** As Kubernetes reads amounts, which takes digits that are missing for zero. */
const QUANTITY = /^(?=.)[+-]?\d*(?:\.\d*)?(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const BOOLEANS: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False']);

const PORT_MOST = 65535;
const UINT32_MOST = 4294967295;

const PORTS: ValueRule = { allowed: 'a list of port numbers, with commas between them', isMet: isPortList };
const RANGES: ValueRule = { allowed: 'a list of address ranges such as 10.0.0.0/8, with commas between them', isMet: isRangeList };
const SECONDS: ValueRule = { allowed: 'a number from 0 to 4294967295', isMet: value => isNumber(value, UINT32_MOST) };
const SIZE: ValueRule = { allowed: 'an amount such as 100m or 128Mi', isMet: value => QUANTITY.test(value) };
const INTERFACES: ValueRule = { allowed: 'a list of names of network interfaces of at most 15 characters, with commas between them', isMet: areInterfaces };

/** The values that Istio's analyzer looks at. Of a proxy configuration only the shape is told. */
export const VALUE_RULES: { readonly [annotation: string]: ValueRule } = {
  'sidecar.istio.io/interceptionMode': { allowed: 'REDIRECT, TPROXY or NONE', isMet: value => ['REDIRECT', 'TPROXY', 'NONE'].includes(value) },
  'status.sidecar.istio.io/port': { allowed: 'a port number', isMet: isPort },
  'readiness.status.sidecar.istio.io/initialDelaySeconds': SECONDS,
  'readiness.status.sidecar.istio.io/periodSeconds': SECONDS,
  'readiness.status.sidecar.istio.io/failureThreshold': SECONDS,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': orAll(RANGES),
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': RANGES,
  'traffic.sidecar.istio.io/includeInboundPorts': orAll(PORTS),
  'traffic.sidecar.istio.io/excludeInboundPorts': PORTS,
  'traffic.sidecar.istio.io/excludeOutboundPorts': PORTS,
  'traffic.sidecar.istio.io/excludeInterfaces': INTERFACES,
  'traffic.sidecar.istio.io/kubevirtInterfaces': INTERFACES,
  'istio.io/reroute-virtual-interfaces': INTERFACES,
  'prometheus.istio.io/merge-metrics': { allowed: 'true or false', isMet: value => BOOLEANS.has(value) },
  'proxy.istio.io/config': { allowed: 'YAML with the fields of a ProxyConfig', isMet: isYamlObject },
  'sidecar.istio.io/proxyCPU': SIZE,
  'sidecar.istio.io/proxyMemory': SIZE,
  'sidecar.istio.io/proxyCPULimit': SIZE,
  'sidecar.istio.io/proxyMemoryLimit': SIZE,
};

function orAll({ allowed, isMet }: ValueRule): ValueRule {
  return { allowed: `* or ${allowed}`, isMet: value => value === '*' || isMet(value) };
}

function isNumber(text: string, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= most;
}

function isPort(text: string): boolean {
  return isNumber(text.trim(), PORT_MOST);
}

function isPortList(text: string): boolean {
  return text.trim() === '' || text.split(',').every(isPort);
}

function isRangeList(text: string): boolean {
  return text === '' || text.split(',').every(range => range.includes('/') && isAddressOrRange(range));
}

function areInterfaces(text: string): boolean {
  return text === '' || text.split(',').every(name => INTERFACE.test(name.trim()));
}

function isYamlObject(text: string): boolean {
  const { load } = require('js-yaml') as typeof import('js-yaml');
  try {
    const value = text.trim() === '' ? null : load(text);
    return value === null || isPlainObject(value);
  } catch {
    return false;
  }
}
