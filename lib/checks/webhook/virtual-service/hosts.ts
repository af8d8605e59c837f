import { HostIndex } from '../../../mesh/host-index';
import type { VirtualServiceSpec } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import { covers } from '../../../private/names';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { isAddress } from '../primitives/addresses';
import { HOST_FORM, hostFix, isGeneratedSni, isWildcardDomainName } from '../primitives/dns';

/** Up to this many hosts, comparing each with each is faster than an index. */
const FEW = 8;

/** The hosts of a VirtualService, to be asked whether they cover others. */
export class RouteHosts {
  private index?: HostIndex<undefined>;

  constructor(private readonly hosts: readonly string[]) {}

  /** Whether some host covers all names that another stands for. */
  public cover(host: string): boolean {
    if (this.hosts.length <= FEW) {
      return this.hosts.some(wider => covers(wider, host));
    }
    this.index ??= indexOf(this.hosts);
    return this.index.covering(host)[Symbol.iterator]().next().done !== true;
  }
}

function indexOf(hosts: readonly string[]): HostIndex<undefined> {
  const index = new HostIndex<undefined>();
  hosts.forEach(host => index.set(host, undefined));
  return index;
}

export function checkHosts(report: Report, spec: VirtualServiceSpec, isForGateways: boolean): void {
  if (spec.hosts === undefined) {
    return;
  }
  const mark = report.mark;
  const acceptsSni = isForGateways && hasSniHosts(spec);
  spec.hosts.forEach((host, index) => {
    const path = `.hosts${indexStep(index)}`;
    if (!isRouteHost(host, acceptsSni) && !isAddress(host)) {
      report.error('VS4', path, `must be an IP address or ${HOST_FORM}${got(host)}`, { value: host, fix: hostFix(host) });
    } else if (host === '*' && !isForGateways) {
      report.error('VS5', path, "must not be '*' for sidecars, whose routes apply to certain hosts", {
        value: host, fix: "name the hosts, or the gateways in gateways, without 'mesh'",
      });
    }
  });
  if (report.mark === mark) {
    checkOverlaps(report, spec.hosts);
  }
}

/** A host, or what stands for one in the TLS connections between two networks. */
export function isRouteHost(host: string, acceptsSni: boolean): boolean {
  return acceptsSni && host.startsWith('outbound_') ? isGeneratedSni(host) : isWildcardDomainName(host);
}

function hasSniHosts(spec: VirtualServiceSpec): boolean {
  return spec.tls?.some(route => route.match?.some(match => match.sniHosts !== undefined) === true) === true;
}

function checkOverlaps(report: Report, hosts: readonly string[]): void {
  const found = hosts.length <= FEW ? overlapsOfFew(hosts) : overlapsOfMany(hosts);
  found.forEach((first, second) => {
    const [a, b] = [hosts[first], hosts[second]];
    const message = a === b ? `repeats hosts[${first}], ${describe(a)}` : `${describe(b)} must not overlap with hosts[${first}], ${describe(a)}`;
    report.error('VS6', `.hosts${indexStep(second)}`, message, { value: b, fix: 'leave out the narrower host, or give it a VirtualService of its own' });
  });
}

/** From the later of two hosts that overlap to the earlier one. */
type Overlaps = Map<number, number>;

function overlapsOfFew(hosts: readonly string[]): Overlaps {
  const found: Overlaps = new Map();
  for (let second = 1; second < hosts.length; second++) {
    const first = hosts.findIndex((host, index) => index < second && (covers(host, hosts[second]) || covers(hosts[second], host)));
    if (first >= 0) {
      found.set(second, first);
    }
  }
  return found;
}

function overlapsOfMany(hosts: readonly string[]): Overlaps {
  const found: Overlaps = new Map();
  const index = new HostIndex<number>();
  hosts.forEach((host, position) => {
    const first = index.getOrSet(host, () => position);
    if (first !== position) {
      found.set(position, first);
    }
  });
  for (const { host, value } of index.entries()) {
    for (const wider of index.covering(host)) {
      if (wider.host !== host) {
        const second = Math.max(value, wider.value);
        found.set(second, Math.min(found.get(second) ?? second, value, wider.value));
      }
    }
  }
  return found;
}
