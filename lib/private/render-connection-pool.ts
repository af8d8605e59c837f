import {
  checkBoolean, checkEnum, checkFilledStruct, checkGiven, checkInteger, checkStruct, INT32_MAX, renderDuration, renderDurationOrZero, renderSeconds,
  UINT32_MAX,
} from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicyConnectionPool } from '../../imports/networking.istio.io';
import { ConnectionPool, H2UpgradePolicy, Http2KeepAlive, HttpConnectionPool, TcpConnectionPool, TcpKeepalive } from '../connection-pool';

type ConnectionPoolSpec = Wire<DestinationRuleSpecTrafficPolicyConnectionPool>;
type TcpSpec = NonNullable<ConnectionPoolSpec['tcp']>;
type HttpSpec = NonNullable<ConnectionPoolSpec['http']>;

const COUNT = { min: 0, max: INT32_MAX };
const TCP: (keyof TcpConnectionPool)[] = ['maxConnections', 'connectTimeout', 'tcpKeepalive', 'maxConnectionDuration', 'idleTimeout'];
const HTTP: (keyof HttpConnectionPool)[] = [
  'http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries', 'idleTimeout', 'h2UpgradePolicy', 'useClientProtocol',
  'maxConcurrentStreams', 'http2KeepAlive',
];

export function renderConnectionPool(property: string, pool: ConnectionPool): ConnectionPoolSpec {
  checkFilledStruct(property, pool, ['tcp', 'http']);
  return {
    tcp: pool.tcp === undefined ? undefined : renderTcp(`${property}.tcp`, pool.tcp),
    http: pool.http === undefined ? undefined : renderHttp(`${property}.http`, pool.http),
  };
}

function renderTcp(property: string, tcp: TcpConnectionPool): TcpSpec {
  checkFilledStruct(property, tcp, TCP);
  return {
    maxConnections: checkInteger(`${property}.maxConnections`, tcp.maxConnections, COUNT),
    connectTimeout: renderDuration(`${property}.connectTimeout`, tcp.connectTimeout),
    tcpKeepalive: tcp.tcpKeepalive === undefined ? undefined : renderTcpKeepalive(`${property}.tcpKeepalive`, tcp.tcpKeepalive),
    maxConnectionDuration: renderDuration(`${property}.maxConnectionDuration`, tcp.maxConnectionDuration),
    idleTimeout: renderDurationOrZero(`${property}.idleTimeout`, tcp.idleTimeout),
  };
}

function renderTcpKeepalive(property: string, keepalive: TcpKeepalive): TcpSpec['tcpKeepalive'] {
  checkFilledStruct(property, keepalive, ['probes', 'time', 'interval']);
  return {
    probes: checkInteger(`${property}.probes`, keepalive.probes, { min: 0, max: UINT32_MAX }),
    time: renderSeconds(`${property}.time`, keepalive.time, 1),
    interval: renderSeconds(`${property}.interval`, keepalive.interval, 1),
  };
}

function renderHttp(property: string, http: HttpConnectionPool): HttpSpec {
  checkFilledStruct(property, http, HTTP);
  const h2UpgradePolicy = checkEnum(`${property}.h2UpgradePolicy`, http.h2UpgradePolicy, H2UpgradePolicy);
  const useClientProtocol = checkBoolean(`${property}.useClientProtocol`, http.useClientProtocol);
  if (useClientProtocol === true && h2UpgradePolicy === H2UpgradePolicy.UPGRADE) {
    throw new Error(`${property}.useClientProtocol must not be true where h2UpgradePolicy is UPGRADE: connections are upgraded, or keep the client's protocol`);
  }
  return {
    http1MaxPendingRequests: checkInteger(`${property}.http1MaxPendingRequests`, http.http1MaxPendingRequests, COUNT),
    http2MaxRequests: checkInteger(`${property}.http2MaxRequests`, http.http2MaxRequests, COUNT),
    maxRequestsPerConnection: checkInteger(`${property}.maxRequestsPerConnection`, http.maxRequestsPerConnection, COUNT),
    maxRetries: checkInteger(`${property}.maxRetries`, http.maxRetries, COUNT),
    idleTimeout: renderDuration(`${property}.idleTimeout`, http.idleTimeout),
    h2UpgradePolicy,
    useClientProtocol,
    maxConcurrentStreams: checkInteger(`${property}.maxConcurrentStreams`, http.maxConcurrentStreams, COUNT),
    http2KeepAlive: http.http2KeepAlive === undefined ? undefined : renderHttp2KeepAlive(`${property}.http2KeepAlive`, http.http2KeepAlive),
  };
}

function renderHttp2KeepAlive(property: string, keepAlive: Http2KeepAlive): HttpSpec['http2KeepAlive'] {
  checkStruct(property, keepAlive, ['interval', 'timeout']);
  return {
    interval: renderDuration(`${property}.interval`, checkGiven(`${property}.interval`, keepAlive.interval)),
    timeout: renderDuration(`${property}.timeout`, checkGiven(`${property}.timeout`, keepAlive.timeout)),
  };
}
