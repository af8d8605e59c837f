import type { IDestination } from '../../destination';
import { checkDnsLabel, checkSelectorLabels } from '../../private/names';
import { checkDestination, checkWholeHost } from '../../private/render-destination';
import { checkGiven } from '../../private/validation';

/** A version of a service: the pods that it runs in, with the place of their labels in the props. */
export interface Version {
  readonly name: string;
  readonly place: string;
  readonly labels: { readonly [key: string]: string };
}

/** Refuses a version whose pods are those of another one as well: its share of the requests would not be what the routes say. */
export function checkVersion(path: string, version: Version, others: readonly Version[]): void {
  checkDnsLabel(`${path}${version.place}: name`, version.name);
  const labels = Object.entries(checkSelectorLabels(`${path}${version.place}`, checkGiven(`${path}${version.place}`, version.labels)));
  for (const [key, label] of labels) {
    if (label === '') {
      throw new Error(`${path}${version.place}['${key}'] must not be empty, Istio does not find such pods reliably`);
    }
  }
  for (const other of others) {
    for (const [narrow, wide] of [[version, other], [other, version]]) {
      if (Object.entries(wide.labels).every(([key, label]) => narrow.labels[key] === label)) {
        throw new Error(`${path}${version.place} must select other pods than ${other.place}, pods with ${write(narrow.labels)} would belong to both`);
      }
    }
  }
}

function write(labels: { readonly [key: string]: string }): string {
  return Object.entries(labels).map(([key, label]) => `${key}=${label}`).join(', ');
}

/** A destination that stands for a service, possibly with a port, and not for a part of it or for its rule. */
export function checkService(property: string, service: IDestination): IDestination {
  checkDestination(property, checkGiven(property, service));
  if ('trySubset' in service) {
    throw new Error(`${property} must be the host itself, not its destination rule, because the release makes the only rule of the host`);
  }
  checkWholeHost(property, withoutPort(service));
  return service;
}

/** A host as rules and hosts of virtual services name it. */
export function withoutPort(service: IDestination): IDestination {
  return { toDestinationConfig: () => ({ ...service.toDestinationConfig(), port: undefined }) };
}
