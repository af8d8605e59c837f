import type { TrafficAnswer } from '../../simulation/traffic-answer';

/** An answer as one JSON object. */
export function formatRouteJson(answer: TrafficAnswer): string {
  const { grpcStatus, grpcMessage } = answer;
  const { outcome, status, location, body, route, destinations, mirrors, timeout, faults, upstream, clientHeaders, trace, notes } = answer;
  const { perTryTimeout, ...retries } = answer.retries ?? {};
  return `${JSON.stringify({
    outcome,
    status,
    grpcStatus,
    grpcMessage,
    location,
    body,
    route,
    destinations: destinations.map((place, position) => ({
      ...place,
      hashKey: answer.hashKey(position),
      trafficPolicy: answer.trafficPolicy(position).map(({ json, ...part }) => ({ ...part, says: JSON.parse(json) as unknown })),
      tls: answer.upstreamTls(position),
    })),
    mirrors,
    timeoutMilliseconds: timeout?.toMilliseconds(),
    retries: answer.retries === undefined ? undefined : { ...retries, perTryTimeoutMilliseconds: perTryTimeout?.toMilliseconds() },
    faults: { ...faults, delay: undefined, delayMilliseconds: faults.delay?.toMilliseconds() },
    upstream,
    clientHeaders,
    trace,
    notes,
  }, undefined, 2)}\n`;
}
