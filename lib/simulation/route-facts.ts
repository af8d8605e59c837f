import { Duration } from 'cdk8s';
import { grpcNumber } from './grpc';
import { openCommands } from './header-formats';
import type { TrafficFaults, TrafficObject, TrafficPolicyPart, TrafficRetries, TrafficRoute, TrafficTls } from './traffic-facts';
import { milliseconds } from './upstream-request';
import type { Cluster } from '../mesh/clusters';
import type { Forward } from '../mesh/listeners';
import type { Resource } from '../mesh/resource';
import type { Route } from '../mesh/routes';
import type { ConsistentHash, HttpRule } from '../mesh/specs';
import type { UpstreamTls } from '../mesh/upstream-tls';

/** An object as answers show it. */
export function objectOf({ kind, name, namespace, source }: Resource<object>): TrafficObject {
  const { constructPath, file, line } = source;
  return { kind, name, namespace, constructPath, file, line };
}

/** An object in words. */
export function nameOf({ kind, name, namespace, constructPath, file, line }: TrafficObject): string {
  const place = constructPath ?? (file === undefined || line === undefined ? file : `${file}:${line}`);
  return `${kind} ${namespace}/${name}${place === undefined ? '' : ` [${place}]`}`;
}

/** What an answer says of an http route; undefined for the default route of a service. */
export function routeFact({ rule, matchIndex, name }: Route): TrafficRoute | undefined {
  return rule === undefined ? undefined : {
    virtualService: objectOf(rule.virtualService.resource),
    section: 'http',
    index: rule.index,
    matchIndex: rule.delegate === undefined || matchIndex === undefined ? matchIndex : rule.delegate.matches[matchIndex]?.root,
    routeName: name === '' ? undefined : name,
    delegate: rule.delegate === undefined ? undefined : objectOf(rule.delegate.resource),
    delegateIndex: rule.delegate?.index,
  };
}

/** What an answer says of a tls or tcp route. */
export function forwardFact({ rule }: Forward): TrafficRoute | undefined {
  return rule === undefined ? undefined : {
    virtualService: objectOf(rule.virtualService.resource),
    section: rule.section,
    index: rule.index,
    matchIndex: rule.matchIndex,
  };
}

/** A route in words, such as `VirtualService shop/reviews [app/Reviews] http[1] 'testers'`. */
export function routeText({ virtualService, section, index, matchIndex, routeName, delegate, delegateIndex }: TrafficRoute): string {
  const name = routeName === undefined ? '' : ` '${routeName}'`;
  const from = delegate === undefined ? '' : ` (delegated to ${nameOf(delegate)} http[${delegateIndex}])`;
  return `${nameOf(virtualService)} ${section}[${index}]${matchIndex === undefined ? '' : `.match[${matchIndex}]`}${name}${from}`;
}

/**
 * The time that a request may take; undefined for no limit.
 *
 * @param ofClient the time in milliseconds that the client gives it
 */
export function timeoutOf({ timeout }: HttpRule, ofClient?: number): Duration | undefined {
  const time = Math.min(milliseconds(timeout) || Infinity, ofClient ?? Infinity);
  return time === Infinity ? undefined : Duration.millis(time);
}

/** Istio's own policy, which never looks at the status of an answer. */
const DEFAULT_RETRIES: TrafficRetries = {
  attempts: 2,
  retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
  isDefault: true,
};

/**
 * The retry policy of a route.
 *
 * @param isDefault whether the route itself says nothing
 */
export function retriesOf({ retries }: HttpRule, isDefault: boolean): TrafficRetries {
  if (retries === undefined) {
    return DEFAULT_RETRIES;
  }
  const time = milliseconds(retries.perTryTimeout);
  return {
    attempts: retries.attempts ?? 0,
    retryOn: retries.retryOn || DEFAULT_RETRIES.retryOn,
    perTryTimeout: time === undefined || time === 0 ? undefined : Duration.millis(time),
    isDefault,
  };
}

/** The faults that a route injects. */
export function faultsOf({ fault }: HttpRule): TrafficFaults {
  const delay = milliseconds(fault?.delay?.fixedDelay);
  const { percentage, percent = 0 } = fault?.delay ?? {};
  const delayPercent = delay === undefined ? 0 : percentage === undefined ? percent : percentage.value ?? 0;
  const abort = fault?.abort;
  const status = abort?.httpStatus || (abort?.grpcStatus === undefined ? undefined : 200);
  const abortPercent = status === undefined ? 0 : abort!.percentage?.value ?? 0;
  return {
    delayPercent,
    delay: delayPercent === 0 ? undefined : Duration.millis(delay!),
    abortPercent,
    abortStatus: abortPercent === 0 ? undefined : status,
    abortGrpcStatus: abortPercent === 0 || abort?.grpcStatus === undefined ? undefined : grpcNumber(abort.grpcStatus),
  };
}

/** The parts of the policy of a cluster, each with the rule that says it. */
export function policyOf(cluster: Cluster | undefined): TrafficPolicyPart[] {
  const { policy = {}, origins = {} } = cluster?.policy ?? {};
  return Object.entries(origins).flatMap(([part, origin]) => origin === undefined ? [] : [{
    part,
    json: JSON.stringify((policy as { readonly [part: string]: unknown })[part]),
    rule: objectOf(origin.resource),
    property: origin.path,
  }]);
}

/** What the headers of a route refer to that only the running proxy knows, as a note. */
export function formatNotes({ headers, route = [] }: HttpRule): string[] {
  const operations = [headers, ...route.map(entry => entry.headers)].flatMap(each => [each?.request, each?.response]);
  const texts = operations.flatMap(each => [...Object.values(each?.set ?? {}), ...Object.values(each?.add ?? {})]);
  const commands = [...new Set(texts.flatMap(openCommands))];
  return commands.length === 0 ? [] : [`not simulated: ${commands.join(', ')} in headers of the route, which only the running proxy can fill in`];
}

/** The TLS that a proxy adds on the way to a cluster, as answers show it. */
export function tlsFact(tls: UpstreamTls | undefined): TrafficTls | undefined {
  if (tls === undefined) {
    return undefined;
  }
  const { sni: serverName, subjectAltNames, ...rest } = tls;
  return { serverName, subjectAltNames: [...subjectAltNames], ...rest };
}

/** What a route hashes by, in words. */
export function hashText(hash: ConsistentHash | undefined): string | undefined {
  if (hash === undefined) {
    return undefined;
  }
  const { httpCookie, httpHeaderName, httpQueryParameterName, useSourceIp } = hash;
  if (httpHeaderName) {
    return `header ${httpHeaderName}`;
  }
  if (httpCookie !== undefined) {
    return `cookie ${httpCookie.name ?? ''}`;
  }
  if (httpQueryParameterName) {
    return `query parameter ${httpQueryParameterName}`;
  }
  return useSourceIp === true ? 'source address' : undefined;
}
