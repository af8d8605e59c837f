import type { TrafficPolicy } from '../../../mesh/specs';
import type { Report } from '../finding';
import { checkDuration, checkDurationOrZero } from '../primitives/durations';
import { checkNotNegative } from '../primitives/numbers';

type ConnectionPool = NonNullable<TrafficPolicy['connectionPool']>;
type Http = NonNullable<ConnectionPool['http']>;
type Tcp = NonNullable<ConnectionPool['tcp']>;

export function checkConnectionPool(report: Report, pool: ConnectionPool | undefined): void {
  if (pool === undefined) {
    return;
  }
  const mark = report.mark;
  if (pool.http === undefined && pool.tcp === undefined) {
    report.error('DR7', '', 'must have http or tcp');
  }
  if (pool.http !== undefined) {
    checkHttp(report, pool.http);
  }
  if (pool.tcp !== undefined) {
    checkTcp(report, pool.tcp);
  }
  report.under(mark, 'connectionPool');
}

function checkHttp(report: Report, http: Http): void {
  checkNotNegative(report, 'DR7', '.http.http1MaxPendingRequests', http.http1MaxPendingRequests);
  checkNotNegative(report, 'DR7', '.http.http2MaxRequests', http.http2MaxRequests);
  checkNotNegative(report, 'DR7', '.http.maxRequestsPerConnection', http.maxRequestsPerConnection);
  checkNotNegative(report, 'DR7', '.http.maxRetries', http.maxRetries);
  checkNotNegative(report, 'DR7', '.http.maxConcurrentStreams', http.maxConcurrentStreams);
  checkDuration(report, 'DR7', '.http.idleTimeout', http.idleTimeout);
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true) {
    report.error('DR7', '.http.useClientProtocol', 'must not be true with h2UpgradePolicy UPGRADE, the protocol is the one or the other', { value: true });
  }
  if (http.http2KeepAlive !== undefined) {
    for (const field of ['interval', 'timeout'] as const) {
      const value = http.http2KeepAlive[field];
      if (value === undefined) {
        report.error('DR7', `.http.http2KeepAlive.${field}`, 'must be given');
      }
      checkDuration(report, 'DR7', `.http.http2KeepAlive.${field}`, value);
    }
  }
}

function checkTcp(report: Report, tcp: Tcp): void {
  checkNotNegative(report, 'DR7', '.tcp.maxConnections', tcp.maxConnections);
  checkDuration(report, 'DR7', '.tcp.connectTimeout', tcp.connectTimeout);
  checkDuration(report, 'DR7', '.tcp.maxConnectionDuration', tcp.maxConnectionDuration);
  checkDurationOrZero(report, 'DR7', '.tcp.idleTimeout', tcp.idleTimeout);
  checkDuration(report, 'DR7', '.tcp.tcpKeepalive.time', tcp.tcpKeepalive?.time);
  checkDuration(report, 'DR7', '.tcp.tcpKeepalive.interval', tcp.tcpKeepalive?.interval);
}
