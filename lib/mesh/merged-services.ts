import { sameLabels } from './labels';
import { MeshService, samePorts } from './services';
import type { ServiceEntrySpec } from './specs';
import { sameExport } from './visibility';

/** The services that a proxy knows: one for each host, made from all that have the host and fit together. */
export class MergedServices {
  private readonly byHost = new Map<string, MeshService>();

  /** One for each host, in the order in which the hosts came. */
  public get all(): Iterable<MeshService> {
    return this.byHost.values();
  }

  public get(hostname: string): MeshService | undefined {
    return this.byHost.get(hostname);
  }

  /**
   * Adds a service. A Kubernetes Service takes the place of entries; an entry of the same namespace and
   * resolution adds its ports to an older one; any other service of a known host is ignored.
   */
  public add(service: MeshService): void {
    const existing = this.byHost.get(service.hostname);
    if (existing === undefined || (service.isKubernetes && !existing.isKubernetes)) {
      this.byHost.set(service.hostname, service);
    } else if (existing !== service && !samePorts(existing.ports, service.ports) && fitTogether(existing, service)) {
      const numbers = new Set(existing.ports.map(port => port.number));
      const further = service.ports.filter(port => !numbers.has(port.number));
      if (further.length > 0) {
        this.byHost.set(service.hostname, { ...existing, ports: [...existing.ports, ...further] });
      }
    }
  }
}

function fitTogether(a: MeshService, b: MeshService): boolean {
  return a.isKubernetes === b.isKubernetes
    && a.namespace === b.namespace
    && a.resolution === b.resolution
    && sameLabels(a.resource.labels, b.resource.labels)
    && sameLabels(a.selector, b.selector)
    && sameExport(declaredExport(a), declaredExport(b));
}

/** What the object itself says, so that an export to all differs from none. */
function declaredExport(service: MeshService): ReadonlySet<string> {
  return service.isKubernetes ? service.exportTo : new Set((service.resource.spec as ServiceEntrySpec).exportTo);
}
