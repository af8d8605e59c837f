import type { Duration } from 'cdk8s';
import { integer, renderFields, renderSomeFields } from './render-fields';
import {
  checkBoolean, checkEnum, checkGiven, INT32_MAX, renderDuration, renderDurationOrZero, renderSeconds, UINT32_MAX,
} from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicyConnectionPool } from '../../imports/networking.istio.io';
import { ConnectionPool, H2UpgradePolicy, Http2KeepAlive, HttpConnectionPool, TcpConnectionPool, TcpKeepalive } from '../connection-pool';

type ConnectionPoolSpec = Wire<DestinationRuleSpecTrafficPolicyConnectionPool>;
type TcpSpec = NonNullable<ConnectionPoolSpec['tcp']>;
type HttpSpec = NonNullable<ConnectionPoolSpec['http']>;

const count = integer({ min: 0, max: INT32_MAX });
const seconds = (property: string, value: Duration) => renderSeconds(property, value, 1);

const TCP_KEEPALIVE = { probes: integer({ min: 0, max: UINT32_MAX }), time: seconds, interval: seconds };
const TCP = {
  maxConnections: count,
  connectTimeout: renderDuration,
  tcpKeepalive: (property: string, keepalive: TcpKeepalive): TcpSpec['tcpKeepalive'] => renderSomeFields(property, keepalive, TCP_KEEPALIVE),
  maxConnectionDuration: renderDuration,
  idleTimeout: renderDurationOrZero,
};
const HTTP = {
  http1MaxPendingRequests: count,
  http2MaxRequests: count,
  maxRequestsPerConnection: count,
  maxRetries: count,
  idleTimeout: renderDuration,
  h2UpgradePolicy: (property: string, policy: H2UpgradePolicy) => checkEnum(property, policy, H2UpgradePolicy),
  useClientProtocol: checkBoolean,
  maxConcurrentStreams: count,
  http2KeepAlive: renderHttp2KeepAlive,
};
const POOL = {
  tcp: (property: string, tcp: TcpConnectionPool): TcpSpec => renderSomeFields(property, tcp, TCP),
  http: renderHttp,
};

export function renderConnectionPool(property: string, pool: ConnectionPool): ConnectionPoolSpec {
  return renderSomeFields(property, pool, POOL);
}

function renderHttp(property: string, http: HttpConnectionPool): HttpSpec {
  const rendered = renderSomeFields(property, http, HTTP);
  if (rendered.useClientProtocol === true && rendered.h2UpgradePolicy === H2UpgradePolicy.UPGRADE) {
    throw new Error(`${property}.useClientProtocol must not be true where h2UpgradePolicy is UPGRADE: connections are upgraded, or keep the client's protocol`);
  }
  return rendered;
}

function renderHttp2KeepAlive(property: string, keepAlive: Http2KeepAlive): HttpSpec['http2KeepAlive'] {
  const rendered = renderFields(property, keepAlive, { interval: renderDuration, timeout: renderDuration });
  return { interval: checkGiven(`${property}.interval`, rendered.interval), timeout: checkGiven(`${property}.timeout`, rendered.timeout) };
}
