import { Construct } from 'constructs';
import type { DelegateRoutesConfig, IDelegateRoutes } from '../delegate-routes';
import type { DestinationConfig, IDestination } from '../destination';
import type { GatewayConfig, IGateway } from '../gateway';
import type { HttpRoutesConfig, HttpTargetConfig, IHttpRouteSource, IHttpTarget } from '../http-target';
import { CheckedDestination } from './checked-destination';
import { checkDnsLabel } from './names';
import { checkNamespace } from './object-name';
import { checkGiven, checkList, checkMadeBy, checkString, fail } from './validation';

// what implementations of the interfaces of this library answer, which programs may write themselves

const DESTINATION_MAKERS = 'ServiceHost.fromService(), ServiceHost.fromName(), or a subset, rule or entry of this program';
const GATEWAY_MAKERS = 'Gateway.mesh(), Gateway.fromGatewayName(), or a gateway of this program';
const DELEGATE_MAKERS = 'DelegateRoutes of this program, or DelegateRoutes.fromName()';

/** What a destination stands for: an object with a host, and with constructs as its dependencies. */
export function destinationConfigOf(property: string, destination: IDestination): DestinationConfig {
  const config = checkMadeBy(property, destination, 'toDestinationConfig', DESTINATION_MAKERS).toDestinationConfig();
  if (config instanceof CheckedDestination) {
    return config;
  }
  if (!isObject(config)) {
    fail(`${property}: toDestinationConfig()`, 'an object with host', config);
  }
  checkDependencies(property, config.dependencies);
  return config;
}

/** What a gateway is called: an object with the names that a gateway can have. */
export function gatewayConfigOf(property: string, gateway: IGateway): GatewayConfig {
  const config = checkMadeBy(property, gateway, 'toGatewayConfig', GATEWAY_MAKERS).toGatewayConfig();
  if (!isObject(config)) {
    fail(`${property}: toGatewayConfig()`, 'an object with name', config);
  }
  checkDnsLabel(`${property}: name`, checkGiven(`${property}: name`, config.name));
  checkNamespace(`${property}: namespace`, config.namespace);
  // those of a gateway of this program are many, and right
  if (config.hosts !== undefined && !Construct.isConstruct(gateway)) {
    checkList(`${property}: hosts`, config.hosts, checkString);
  }
  return config;
}

export function delegateRoutesConfigOf(property: string, routes: IDelegateRoutes): DelegateRoutesConfig {
  const config = checkMadeBy(property, routes, 'toDelegateRoutesConfig', DELEGATE_MAKERS).toDelegateRoutesConfig();
  if (!isObject(config)) {
    fail(`${property}: toDelegateRoutesConfig()`, 'an object with name', config);
  }
  checkDependencies(property, config.dependencies);
  return config;
}

export function targetConfigOf(property: string, target: IHttpTarget): HttpTargetConfig {
  const config = target.toHttpTargetConfig();
  checkRoutes(`${property}: toHttpTargetConfig()`, config);
  checkDependencies(property, config.dependencies);
  return config;
}

export function routesConfigOf(source: IHttpRouteSource): HttpRoutesConfig {
  const config = source.toHttpRoutesConfig();
  checkRoutes('toHttpRoutesConfig()', config);
  return config;
}

function checkRoutes(property: string, config: { readonly routes: readonly unknown[] }): void {
  if (!isObject(config)) {
    fail(property, 'an object with routes', config);
  }
  if (!Array.isArray(config.routes)) {
    fail(`${property}: routes`, 'a list', config.routes);
  }
}

function checkDependencies(property: string, dependencies: readonly unknown[] | undefined): void {
  if (dependencies === undefined) {
    return;
  }
  if (!Array.isArray(dependencies)) {
    fail(`${property}: dependencies`, 'a list of constructs', dependencies);
  }
  for (let index = 0; index < dependencies.length; index++) {
    if (!Construct.isConstruct(dependencies[index])) {
      fail(`${property}: dependencies[${index}]`, 'a construct', dependencies[index]);
    }
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
