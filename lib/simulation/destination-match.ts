import { Decision, forwardOf, routeOf } from './decision';
import type { TrafficDestination } from './traffic-facts';
import type { IDestination } from '../destination';
import { expandHost, serviceHost } from '../mesh/names';
import { destinationConfigOf } from '../private/answers';
import { checkGiven, checkMadeBy } from '../private/validation';

/** A destination as a test names it. */
export interface NamedDestination {
  /** Full names, one of which is meant. */
  readonly hosts: readonly string[];
  readonly subset?: string;
  readonly port?: number;
  readonly text: string;
}

/**
 * What a handle stands for. A short name is completed as Istio does where it is written: with the namespace of the virtual service
 * that decided, and with that of the client.
 *
 * @throws when the value is no handle of a destination
 */
export function readDestination(destination: IDestination, clusterDomain: string, namespaces: readonly string[]): NamedDestination {
  checkMadeBy('destination', destination, 'toDestinationConfig', 'ServiceHost.fromName(), or a subset, a rule, an entry or a pattern of this program');
  const { host, namespace, subset, port } = destinationConfigOf('destination', destination);
  checkGiven('destination: host', host);
  const hosts = namespace === undefined
    ? [...new Set(namespaces.map(name => expandHost(host, name, clusterDomain)))]
    : [serviceHost(host, namespace, clusterDomain)];
  return { hosts, subset, port, text: placeText(hosts[0], port, subset) };
}

/** The same for the answer to a question. */
export function namedIn(decision: Decision, destination: IDestination): NamedDestination {
  const { world: { model }, via } = decision;
  const owner = routeOf(decision)?.rule?.virtualService.namespace ?? forwardOf(decision)?.rule?.virtualService.namespace;
  return readDestination(destination, model.config.clusterDomain, owner === undefined ? [via.namespace] : [owner, via.namespace]);
}

/** Whether traffic that goes to a place goes to what a test names: a whole host also means its subsets, and all of its ports. */
export function isNamed(named: NamedDestination, place: Pick<TrafficDestination, 'host' | 'port' | 'subset'>): boolean {
  return named.hosts.includes(place.host)
    && (named.subset === undefined || named.subset === place.subset)
    && (named.port === undefined || named.port === place.port);
}

/** A place in words. */
export function placeText(host: string, port: number | undefined, subset: string | undefined): string {
  return host === '' ? 'wherever the client addressed it' : `${host}${port === undefined ? '' : `:${port}`}${subset === undefined ? '' : ` subset ${subset}`}`;
}

/** Places with their shares in words. */
export function placesText(places: readonly (Pick<TrafficDestination, 'host' | 'port' | 'subset' | 'percent'> & { readonly exists?: boolean })[]): string {
  return places.length === 0 ? 'nowhere'
    : places.map(({ host, port, subset, percent, exists }) =>
      `${percentText(percent)} to ${placeText(host, port, subset)}${exists === false ? ' (unknown to the proxy: status 503)' : ''}`).join(', ');
}

export function percentText(percent: number): string {
  return `${Number(percent.toFixed(4))} %`;
}
