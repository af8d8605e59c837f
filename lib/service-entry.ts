import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { DestinationConfig, IDestination, IHostDestination } from './destination';
import type { EntryPort } from './entry-port';
import type { ExportTo } from './export-to';
import { checkAddressOrRange } from './private/addresses';
import { describe } from './private/describe';
import { HostDestination } from './private/host-destination';
import { checkHost, isDomainName } from './private/names';
import { portNames } from './private/port-names';
import type { ResolutionSpec } from './private/render-endpoint';
import { renderExportTo } from './private/render-export-to';
import { checkSubjectAltName } from './private/tls-names';
import { checkEnum, checkFilledList, checkGiven, checkMadeBy, checkStruct } from './private/validation';
import { WholeValidation } from './private/whole-validation';
import type { Wire } from './private/wire';
import { WrittenServiceEntry } from './private/written-object';
import type { Resolution } from './resolution';
import { Resource, ResourceProps } from './resource';
import type { ServiceEntrySpec } from '../imports/networking.istio.io';

/**
 * Whether what a ServiceEntry describes is part of the mesh.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-Location
 */
export enum MeshLocation {
  /** Outside: sidecars do not use mutual TLS for it, and count it as external. */
  EXTERNAL = 'MESH_EXTERNAL',

  /** Inside: workloads with sidecars that the platform's registry does not know, such as virtual machines. */
  INTERNAL = 'MESH_INTERNAL',
}

/**
 * What a ServiceEntry is made from.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry
 */
export interface ServiceEntryProps extends ResourceProps {
  /**
   * The hosts that applications use, such as `api.example.com`; with `Resolution.none()` and `Resolution.dynamicDns()`
   * also wildcards such as `*.example.com`. At least one when the app is complete.
   *
   * @default - none yet.
   */
  readonly hosts?: string[];

  /**
   * The ports of the hosts. On more than one host only protocols that name the host (HTTP, TLS) can share a port.
   *
   * @default - none yet.
   */
  readonly ports?: EntryPort[];

  /** How the endpoints are found. */
  readonly resolution: Resolution;

  /**
   * Whether the hosts are part of the mesh.
   *
   * @default MeshLocation.EXTERNAL
   */
  readonly location?: MeshLocation;

  /**
   * The virtual IP addresses of the hosts; ranges such as `10.0.0.0/8` only with `Resolution.none()` and static endpoints.
   *
   * @default - none: istiod allocates an address to each host.
   */
  readonly addresses?: string[];

  /**
   * The names that the servers' certificates must carry.
   *
   * @default - not verified.
   */
  readonly subjectAltNames?: string[];

  /**
   * The namespaces that see the hosts.
   *
   * @default ExportTo.all()
   */
  readonly exportTo?: ExportTo;
}

/**
 * Hosts that the platform's own registry does not know: external APIs, databases, virtual machines.
 *
 * @example
 * new ServiceEntry(chart, 'Payment', {
 *   hosts: ['api.payment.example'],
 *   ports: [EntryPort.https(443)],
 *   resolution: Resolution.dns(),
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ServiceEntry extends Resource implements IDestination {
  protected readonly apiObject: ApiObject;

  private readonly hostNames: string[] = [];
  private readonly addressTexts: string[] = [];
  private readonly ports: ReturnType<EntryPort['_toServicePort']>[] = [];
  private readonly resolution: ResolutionSpec;
  private readonly location?: MeshLocation;
  private subjectAltNames?: string[];
  private readonly exportTo?: string[];

  constructor(scope: Construct, id: string, props: ServiceEntryProps) {
    super(scope, id, props);
    checkStruct(this._at('props'), props, ['metadata', 'hosts', 'ports', 'resolution', 'location', 'addresses', 'subjectAltNames', 'exportTo']);
    this.resolution = checkMadeBy(this._at('resolution'), props.resolution, '_toResolution', 'Resolution, such as Resolution.dns()')._toResolution();
    this.location = checkEnum(this._at('location'), props.location, MeshLocation);
    this.subjectAltNames = checkFilledList(this._at('subjectAltNames'), props.subjectAltNames, checkSubjectAltName);
    this.apiObject = new WrittenServiceEntry(this, props.metadata);
    this.exportTo = renderExportTo(this._at('exportTo'), props.exportTo, this.namespace, true);
    this._each('hosts', props.hosts, this.takeHost);
    this._each('ports', props.ports, this.takePort);
    this._each('addresses', props.addresses, this.takeAddress);
    this.node.addValidation(new WholeValidation(this));
  }

  /** The hosts of the entry. */
  public get hosts(): string[] {
    return [...this.hostNames];
  }

  /** The virtual IP addresses of the entry. */
  public get addresses(): string[] {
    return [...this.addressTexts];
  }

  /**
   * Adds a host.
   *
   * @throws when the host is not a name that the entry's resolution takes, or is there already
   */
  public addHost(host: string): void {
    this.takeHost(this._at('host'), checkGiven(this._at('host'), host));
  }

  /**
   * Adds a port.
   *
   * @throws when the number or the name is taken, or several hosts cannot share the port
   */
  public addPort(port: EntryPort): void {
    this.takePort(this._at('port'), port);
  }

  /**
   * Adds a virtual IP address, or a range of them.
   *
   * @throws when the entry's resolution does not take it
   */
  public addAddress(address: string): void {
    this.takeAddress(this._at('address'), checkGiven(this._at('address'), address));
  }

  /**
   * Adds a name that the servers' certificates may carry. The first one has them verified.
   *
   * @throws when the name is not one that a certificate can carry
   */
  public addSubjectAltName(name: string): void {
    const checked = checkSubjectAltName(this._at('name'), checkGiven(this._at('name'), name));
    this.subjectAltNames = [...this.subjectAltNames ?? [], checked];
  }

  /**
   * One host of the entry, to send traffic to.
   *
   * @throws when the entry does not have the host
   */
  public destination(host: string): IHostDestination {
    if (!this.hostNames.includes(host)) {
      throw new Error(this._at(`has no host ${describe(host)}, its hosts: ${this.hostNames.join(', ')}`));
    }
    return this.destinationOf(host);
  }

  /**
   * The entry's host with a port, to send traffic to.
   *
   * @throws when the entry has several hosts
   */
  public withPort(port: number): IHostDestination {
    return this.destinationOf(this.onlyHost()).withPort(port);
  }

  /**
   * The entry's host, to send traffic to.
   *
   * @throws when the entry has several hosts
   */
  public toDestinationConfig(): DestinationConfig {
    return { host: this.onlyHost(), dependencies: [this] };
  }

  /** @internal */
  public _toIstio(): Wire<ServiceEntrySpec> {
    const names = portNames(this.ports);
    return {
      hosts: this.hostNames,
      addresses: this.addressTexts.length === 0 ? undefined : this.addressTexts,
      location: this.location,
      ports: this.ports.length === 0 ? undefined : this.ports.map((port, index) => ({ ...port, name: names[index] })),
      resolution: this.resolution.resolution,
      endpoints: this.resolution.endpoints,
      workloadSelector: this.resolution.workloadSelector,
      subjectAltNames: this.subjectAltNames,
      exportTo: this.exportTo,
    };
  }

  /** @internal */
  public override _problems(): string[] {
    const problems: string[] = [];
    if (this.hostNames.length === 0) {
      problems.push('service entry has no host, set hosts or call addHost()');
    }
    const endpoints = this.resolution.endpoints ?? [];
    const names = new Set(portNames(this.ports));
    endpoints.forEach((endpoint, index) => {
      for (const name of Object.keys(endpoint.ports ?? {})) {
        if (!names.has(name)) {
          problems.push(`resolution.endpoints[${index}].ports names the port ${describe(name)}, ports of the entry: ${[...names].join(', ')}`);
        }
      }
      if (endpoint.address?.startsWith('unix://') && this.ports.length !== 1) {
        problems.push(`resolution.endpoints[${index}].address is a Unix domain socket, which needs an entry with exactly one port, got ${this.ports.length}`);
      }
    });
    return problems;
  }

  private destinationOf(host: string): IHostDestination {
    return new HostDestination(this._at(''), { toDestinationConfig: () => ({ host, dependencies: [this] }) });
  }

  private onlyHost(): string {
    if (this.hostNames.length !== 1) {
      throw new Error(this._at(this.hostNames.length === 0
        ? 'has no host yet, add one before it is used as a destination'
        : `has several hosts, choose one with destination('${this.hostNames[0]}')`));
    }
    return this.hostNames[0];
  }

  private takeHost(property: string, host: string): void {
    checkHost(property, host);
    if (host === '*') {
      throw new Error(`${property} must not be '*', name a domain as in '*.example.com'`);
    }
    if (this.hostNames.includes(host)) {
      throw new Error(`${property} ${describe(host)} is a host of the entry already`);
    }
    const resolution = this.resolution.resolution;
    if ((resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN') && this.resolution.endpoints === undefined && !isDomainName(host)) {
      throw new Error(`${property} must be a name that DNS can resolve, got ${describe(host)}, use Resolution.none() or Resolution.dynamicDns() for wildcards`);
    }
    if (resolution === 'DYNAMIC_DNS' && !host.startsWith('*')) {
      throw new Error(`${property} must be a wildcard such as '*.example.com' with Resolution.dynamicDns(), got ${describe(host)}, use Resolution.dns() for names`);
    }
    this.checkSharing(property, [...this.hostNames, host], this.ports);
    this.hostNames.push(host);
  }

  private takePort(property: string, port: EntryPort): void {
    const taken = checkMadeBy(property, port, '_toServicePort', 'EntryPort, such as EntryPort.https(443)')._toServicePort();
    if (this.ports.some(other => other.number === taken.number)) {
      throw new Error(`${property} ${taken.number} is a port of the entry already`);
    }
    if (taken.name !== undefined && this.ports.some(other => other.name === taken.name)) {
      throw new Error(`${property} has the name ${describe(taken.name)}, which another port of the entry has already`);
    }
    if (this.resolution.resolution === 'DYNAMIC_DNS' && !DYNAMIC_DNS_PROTOCOLS.includes(taken.protocol)) {
      throw new Error(`${property} must be made by EntryPort.http, http2, grpc or tls with Resolution.dynamicDns(), got ${taken.protocol}`);
    }
    this.checkSharing(property, this.hostNames, [taken]);
    this.ports.push(taken);
  }

  private takeAddress(property: string, address: string): void {
    checkAddressOrRange(property, address);
    const resolution = this.resolution.resolution;
    if (resolution === 'DYNAMIC_DNS') {
      throw new Error(`${property} must be left out with Resolution.dynamicDns(), got ${describe(address)}`);
    }
    if (address.includes('/') && resolution !== 'NONE' && resolution !== 'STATIC') {
      throw new Error(`${property} must be a single address unless the resolution is none or static, got ${describe(address)}`);
    }
    this.addressTexts.push(address);
  }

  /** Istio tells several hosts on one port apart by the name that the traffic carries, so it must carry one. */
  private checkSharing(property: string, hosts: string[], ports: { readonly protocol: string; readonly number: number }[]): void {
    const nameless = ports.find(port => !NAMING_PROTOCOLS.includes(port.protocol));
    if (hosts.length > 1 && this.resolution.resolution !== 'NONE' && nameless !== undefined) {
      throw new Error(`${property}: several hosts (${hosts.join(', ')}) cannot share port ${nameless.number} of protocol ${nameless.protocol}, whose traffic does not name its host: make an entry for each host`);
    }
  }
}

const DYNAMIC_DNS_PROTOCOLS = ['HTTP', 'HTTP2', 'GRPC', 'TLS'];
const NAMING_PROTOCOLS = ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB', 'HTTPS', 'TLS'];
