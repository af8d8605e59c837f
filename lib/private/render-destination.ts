import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import type { DestinationConfig, IDestination } from '../destination';
import { MeshSettings } from '../mesh-settings';
import { destinationConfigOf } from './answers';
import { whyBroken } from './broken-handles';
import { CheckedDestination } from './checked-destination';
import { describe } from './describe';
import { checkDnsLabel, checkHost } from './names';
import { checkNamespace } from './object-name';
import { checkPort, fail } from './validation';
import type { Wire } from './wire';
import type { VirtualServiceSpecHttpRouteDestination } from '../../imports/networking.istio.io';

/**
 * Checks that a value stands for a destination, when it is handed in.
 * It is rendered only when the app is complete, because entries may still be added to.
 */
export function checkDestination<T extends IDestination>(property: string, destination: T): T {
  const config = checkConfig(property, destination);
  if (config.host === '*') {
    fail(`${property}: host`, 'one host', config.host);
  }
  return destination;
}

/** Checks that a value stands for a host, or for all hosts, without a port or subset of its own. */
export function checkWholeHost<T extends IDestination>(property: string, destination: T): T {
  const config = checkConfig(property, destination);
  if (config.subset !== undefined) {
    throw new Error(`${property} must be a whole host, got the subset ${describe(config.subset)} of ${describe(config.host)}`);
  }
  if (config.port !== undefined) {
    throw new Error(`${property} must be a whole host, got port ${config.port} of ${describe(config.host)}, use portLevelSettings for ports`);
  }
  return destination;
}

function checkConfig(property: string, destination: IDestination): DestinationConfig {
  const config = destinationConfigOf(property, destination);
  if (config instanceof CheckedDestination) {
    return config;
  }
  if (config.host === undefined) {
    fail(`${property}: host`, 'one host', config.host);
  }
  checkHost(`${property}: host`, config.host);
  if (config.namespace !== undefined) {
    checkDnsLabel(`${property}: host beside a namespace`, config.host);
    checkNamespace(`${property}: namespace`, config.namespace);
  }
  checkDnsLabel(`${property}: subset`, config.subset);
  checkPort(`${property}: port`, config.port);
  return config;
}

/** The host of a destination, completed with the cluster's domain where its namespace is known. */
export function renderHost(scope: IConstruct, config: DestinationConfig): string {
  return config.namespace === undefined ? config.host : `${config.host}.${config.namespace}.svc.${MeshSettings.of(scope).clusterDomain}`;
}

export function renderDestination(scope: IConstruct, destination: IDestination): Wire<VirtualServiceSpecHttpRouteDestination> {
  const config = destination.toDestinationConfig();
  return {
    host: renderHost(scope, config),
    subset: config.subset,
    port: config.port === undefined ? undefined : { number: config.port },
  };
}

/** What is wrong with the destinations of an action. */
export function brokenDestinations(place: string, destinations: readonly { readonly destination: IDestination }[]): string[] {
  return destinations.flatMap(({ destination }, index) => whyBroken(
    `${place}: ${destinations.length === 1 ? 'destination' : `destinations[${index}].destination`}`, () => destination.toDestinationConfig(),
  ));
}

/** The constructs that must be applied before anything that sends traffic to a destination. */
export function dependenciesOf(destination: IDestination): IConstruct[] {
  return destination.toDestinationConfig().dependencies ?? [];
}

/** Makes a resource come after the resources that it sends traffic to, as far as they stand in the same chart. */
export function dependOn(dependent: Construct, destination: IDestination): void {
  applyAfter(dependent, dependenciesOf(destination));
}

/** Makes a resource come after others of the same chart: between charts a dependency could close a cycle. */
export function applyAfter(dependent: Construct, dependencies: readonly IConstruct[]): void {
  for (const dependency of dependencies) {
    // most stand side by side
    if (dependency.node.scope === dependent.node.scope && dependency !== dependent) {
      dependent.node.addDependency(dependency);
    } else if (Chart.of(dependency) === Chart.of(dependent) && !isAncestor(dependency, dependent) && !isAncestor(dependent, dependency)) {
      dependent.node.addDependency(dependency);
    }
  }
}

function isAncestor(ancestor: IConstruct, construct: IConstruct): boolean {
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    if (scope === ancestor) {
      return true;
    }
  }
  return false;
}
