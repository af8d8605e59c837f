import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ConnectionPool } from '../../connection-pool';
import type { EntryPort } from '../../entry-port';
import { ExportTo } from '../../export-to';
import type { HttpForwardOptions } from '../../http-action';
import type { LoadBalancer } from '../../load-balancer';
import { MeshSettings } from '../../mesh-settings';
import type { OutlierDetection } from '../../outlier-detection';
import { describe } from '../../private/describe';
import { checkHost } from '../../private/names';
import { checkMadeBy, checkRequiredList, checkUnique } from '../../private/validation';
import { Resolution } from '../../resolution';
import type { TrafficPolicy } from '../../traffic-policy';
import type { ExternalTls } from '../external-tls';
import { at } from './at';

/** What can be said of traffic to an API, whatever the proxy sees of it. */
export interface ExternalPolicy {
  readonly connectionPool?: ConnectionPool;
  readonly loadBalancer?: LoadBalancer;
  readonly outlierDetection?: OutlierDetection;
}

/** How an egress gateway takes the traffic for a host: `tunnel` is TLS of the application inside the mesh's own. */
export type EgressServing = 'http' | 'https' | 'tunnel' | 'passthrough';

const HTTP_PROTOCOLS = ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'];
const TLS_PROTOCOLS = ['TLS', 'HTTPS'];

/** What a port of an entry says. */
export type PortSpec = ReturnType<EntryPort['_toServicePort']>;

export function isHttp(port: PortSpec): boolean {
  return HTTP_PROTOCOLS.includes(port.protocol);
}

/** Whether the connections to a port say nothing of the host that they are for. */
export function isNameless(port: PortSpec): boolean {
  return ![...HTTP_PROTOCOLS, 'HTTP_PROXY', ...TLS_PROTOCOLS].includes(port.protocol);
}

export function isTls(port: PortSpec): boolean {
  return TLS_PROTOCOLS.includes(port.protocol);
}

/** The ports of an entry as they are written. */
export function takePorts(property: string, ports: readonly EntryPort[]): PortSpec[] {
  return checkRequiredList(property, ports, portSpec);
}

export function portSpec(property: string, port: EntryPort): PortSpec {
  return checkMadeBy(property, port, '_toServicePort', 'EntryPort, such as EntryPort.tcp(5432)')._toServicePort();
}

/** Hosts outside the mesh, all of them names or all of them wildcards: these are found in different ways. */
export function takeExternalHosts(property: string, hosts: readonly string[]): string[] {
  const taken = checkRequiredList(property, hosts, checkExternalHost);
  checkUnique(property, taken);
  const [name, wildcard] = [taken.find(host => !host.startsWith('*')), taken.find(host => host.startsWith('*'))];
  if (name !== undefined && wildcard !== undefined) {
    throw new Error(`${property} must not mix names and wildcards, got ${describe(name)} and ${describe(wildcard)}: a proxy looks names up itself, but not wildcards, make one for each kind`);
  }
  return taken;
}

function checkExternalHost(property: string, host: string): string {
  checkHost(property, host);
  if (host.startsWith('*') && !host.startsWith('*.')) {
    throw new Error(`${property} must have its wildcard as the whole first part, as in '*.example.com', got ${describe(host)}`);
  }
  if (!host.includes('.')) {
    throw new Error(`${property} must be a full name with a dot, as in 'api.example.com', got ${describe(host)}: Istio takes other names for services in the namespace of a rule or route`);
  }
  return host;
}

/** The namespaces that see everything that a pattern makes: by default its own alone, so that nobody else's traffic is changed. */
export function visibility(property: string, exportTo: ExportTo | undefined): ExportTo {
  const taken = exportTo === undefined ? ExportTo.ownNamespace() : checkMadeBy(property, exportTo, '_toExportTo', 'ExportTo');
  if (taken._toExportTo().includes('~')) {
    throw new Error(`${property} must name a namespace, ExportTo.nowhere() is for a ServiceEntry only`);
  }
  return taken;
}

/** The end of ids and names of what is made for one of several hosts; nothing for the first, so that more can follow without renaming. */
export function hostSuffix(host: string, index: number): string {
  return index === 0 ? '' : `-${host.replace('*', 'any').replace(/\./g, '-')}`;
}

/** The metadata of what is made for one of several hosts. */
export function suffixed(metadata: ApiObjectMetadata | undefined, suffix: string): ApiObjectMetadata | undefined {
  return metadata?.name === undefined ? metadata : { ...metadata, name: `${metadata.name}${suffix.toLowerCase()}` };
}

const FORWARD: (keyof HttpForwardOptions)[] = ['timeout', 'retries', 'rewrite', 'mirrors', 'fault', 'corsPolicy', 'headers'];
export const FORWARD_OPTIONS: readonly (keyof HttpForwardOptions)[] = FORWARD;

/** Refuses what is for HTTP where applications speak TLS: Istio would ignore it without a word. */
export function refuseHttpOptions(construct: Construct, props: HttpForwardOptions & ExternalPolicy, port: number): void {
  const option = FORWARD.find(key => props[key] !== undefined) ?? (props.connectionPool?.http === undefined ? undefined : 'connectionPool.http');
  if (option !== undefined) {
    throw new Error(`${at(construct, option)} must be left out with ExternalTls.passthrough(): the application speaks TLS on port ${port}, `
      + 'so that proxies see no requests and Istio would ignore it, use ExternalTls.originate() and let the application speak http');
  }
}

/** Checks how the addresses of hosts are found: wildcards are no names that a proxy could look up. */
export function takeResolution(property: string, resolution: Resolution | undefined, hosts: readonly string[]): Resolution {
  if (resolution !== undefined) {
    return checkMadeBy(property, resolution, '_toResolution', 'Resolution, such as Resolution.dns()');
  }
  return hosts[0].startsWith('*') ? Resolution.none() : Resolution.dns();
}

/** Whether connections go to an address that the proxy has no choice about. */
export function hasNoChoice(resolution: Resolution): boolean {
  return ['NONE', 'DYNAMIC_DNS'].includes(resolution._toResolution().resolution!);
}

/** Refuses choices among addresses where there is one alone. */
export function refuseBalancing(construct: Construct, props: ExternalPolicy, resolution: Resolution): void {
  if (props.loadBalancer !== undefined && hasNoChoice(resolution)) {
    throw new Error(`${at(construct, 'loadBalancer')} must be left out with Resolution.none() and Resolution.dynamicDns(), the former of which wildcard hosts have: each connection has one address, so that there is nothing to choose from`);
  }
}

/**
 * The policy of an API. The TLS that a proxy adds is for its own port alone: a policy for the whole host would wrap
 * a port that carries TLS already once more. The port takes nothing over from the host, so that all is said twice where there are further ports.
 */
export function externalPolicy(tls: ExternalTls, host: string, policy: ExternalPolicy, hasFurtherPorts: boolean): TrafficPolicy | undefined {
  const common = { connectionPool: policy.connectionPool, loadBalancer: policy.loadBalancer, outlierDetection: policy.outlierDetection };
  const isSet = Object.values(common).some(value => value !== undefined);
  const clientTls = tls._toClientTlsOf(host);
  if (clientTls === undefined) {
    return isSet ? common : undefined;
  }
  const portLevelSettings = [{ port: tls._port(), ...common, tls: clientTls }];
  return isSet && hasFurtherPorts ? { ...common, portLevelSettings } : { portLevelSettings };
}

/** Why connections to a host without addresses cannot be told apart, or nothing where they can. */
export function namelessProblem(construct: Construct, host: string, ports: readonly PortSpec[], addresses: readonly string[]): string[] {
  const port = ports.find(isNameless);
  if (port === undefined || addresses.length > 0 || MeshSettings.of(construct).dnsCapture) {
    return [];
  }
  return [`addresses must be given: connections to port ${port.number} do not name the host ${describe(host)}, so that Istio would take all connections to that port for it. `
    + 'Set addresses to what the application connects to, or MeshSettings.configure(app, { dnsCapture: true }) where sidecars answer DNS'];
}
