import { analyzerHost } from './analyzer-names';
import { EVERY_NAMESPACE } from './export-scopes';
import { append, getOrMake } from '../../../mesh/collections';
import { HostIndex } from '../../../mesh/host-index';
import { NO_LABELS, readInteger, readList, readObject, TextMap } from '../../../mesh/manifest';
import type { Resource } from '../../../mesh/resource';
import type { ServiceEntrySpec } from '../../../mesh/specs';

/** What the analyzer knows of a host. */
export interface KnownHost {
  readonly host: string;
  readonly resource: Resource<any>;
  readonly ports: readonly number[];
  readonly workloadLabels: TextMap;
}

/**
 * The hosts of Services and ServiceEntries as the analyzer looks them up, which is not quite as istiod does.
 *
 * Where several objects have one host in one scope, which of them the analyzer takes is chance: all of them are given.
 */
export class KnownHosts {
  private readonly byScope = new Map<string, KnownHost[]>();
  private readonly wildcards = new Map<string, HostIndex<KnownHost[]>>();

  constructor(services: readonly Resource[], entries: readonly Resource<ServiceEntrySpec>[]) {
    entries.forEach(entry => this.addEntry(entry));
    services.forEach(service => this.addService(service));
  }

  /** What a host means to an object, undefined where it means nothing. */
  public find(host: string, namespace: string, exportTo: readonly string[] | undefined): readonly KnownHost[] | undefined {
    const name = analyzerHost(host, namespace);
    const scopes = exportTo === undefined || exportTo.length === 0 ? OWN_NAMESPACE : exportTo;
    return this.byScope.get(`${EVERY_NAMESPACE}/${name}`)
      ?? firstDefined(scopes, scope => this.byScope.get(`${scope === '.' ? namespace : scope}/${name}`))
      ?? (this.wildcards.size === 0 ? undefined : this.covering(host, namespace));
  }

  private covering(host: string, namespace: string): readonly KnownHost[] | undefined {
    const covering = [EVERY_NAMESPACE, namespace]
      .flatMap(scope => [...this.wildcards.get(scope)?.covering(host) ?? []])
      .flatMap(({ value }) => value);
    return covering.length === 0 ? undefined : covering;
  }

  private addEntry(entry: Resource<ServiceEntrySpec>): void {
    const { hosts = [], exportTo = [], ports = [], workloadSelector } = entry.spec;
    let isForAll = exportTo.length === 0;
    for (const given of hosts) {
      const host = {
        host: analyzerHost(given, entry.namespace),
        resource: entry,
        ports: ports.map(port => port.number ?? 0),
        workloadLabels: workloadSelector?.labels ?? NO_LABELS,
      };
      if (isForAll) {
        this.add(EVERY_NAMESPACE, host);
        continue;
      }
      for (const scope of exportTo) {
        this.add(scope === '.' ? entry.namespace : scope, host);
        if (scope === EVERY_NAMESPACE) {
          isForAll = true;
          break;
        }
      }
    }
  }

  /** A Service takes the place of entries of its host. */
  private addService(service: Resource): void {
    const host = {
      host: analyzerHost(service.name, service.namespace),
      resource: service,
      ports: readList(service.spec.ports).map(port => readInteger(readObject(port).port) ?? 0),
      workloadLabels: NO_LABELS,
    };
    for (const scope of serviceScopes(service)) {
      this.byScope.set(`${scope}/${host.host}`, [host]);
    }
  }

  private add(scope: string, host: KnownHost): void {
    append(this.byScope, `${scope}/${host.host}`, host);
    if (host.host.startsWith('*')) {
      getOrMake(this.wildcards, scope, () => new HostIndex<KnownHost[]>()).getOrSet(host.host, () => []).push(host);
    }
  }
}

const OWN_NAMESPACE: readonly string[] = ['.'];

function firstDefined<T, R>(items: readonly T[], read: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const value = read(item);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

function serviceScopes(service: Resource): readonly string[] {
  const text = service.annotations['networking.istio.io/exportTo'] ?? '';
  return text === '' ? [EVERY_NAMESPACE] : ownNamed(text.split(',').map(entry => entry.trim()), service.namespace);
}

function ownNamed(exportTo: readonly string[], namespace: string): readonly string[] {
  return exportTo.map(entry => entry === '.' ? namespace : entry);
}
