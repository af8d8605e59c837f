import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { ConnectionPool, H2UpgradePolicy } from '../lib';
import { NOT_DURATIONS, NOT_NUMBERS, policyError, renderedPolicy } from './traffic-policies';

function rendered(connectionPool: ConnectionPool): any {
  return renderedPolicy({ connectionPool }).connectionPool;
}

function errorOf(connectionPool: unknown): string {
  return policyError({ connectionPool });
}

test('every limit of connections is written', () => {
  expect(rendered({
    tcp: {
      maxConnections: 100,
      connectTimeout: Duration.millis(2500),
      tcpKeepalive: { probes: 3, time: Duration.hours(2), interval: Duration.seconds(75) },
      maxConnectionDuration: Duration.minutes(10),
      idleTimeout: Duration.minutes(5),
    },
  })).toEqual({
    tcp: {
      maxConnections: 100,
      connectTimeout: '2500ms',
      tcpKeepalive: { probes: 3, time: '7200s', interval: '75s' },
      maxConnectionDuration: '600s',
      idleTimeout: '300s',
    },
  });
});

test('every limit of http requests is written', () => {
  expect(rendered({
    http: {
      http1MaxPendingRequests: 1,
      http2MaxRequests: 2,
      maxRequestsPerConnection: 3,
      maxRetries: 4,
      idleTimeout: Duration.seconds(5),
      h2UpgradePolicy: H2UpgradePolicy.DO_NOT_UPGRADE,
      useClientProtocol: true,
      maxConcurrentStreams: 6,
      http2KeepAlive: { interval: Duration.seconds(30), timeout: Duration.seconds(5) },
    },
  })).toEqual({
    http: {
      http1MaxPendingRequests: 1,
      http2MaxRequests: 2,
      maxRequestsPerConnection: 3,
      maxRetries: 4,
      idleTimeout: '5s',
      h2UpgradePolicy: 'DO_NOT_UPGRADE',
      useClientProtocol: true,
      maxConcurrentStreams: 6,
      http2KeepAlive: { interval: '30s', timeout: '5s' },
    },
  });
});

test('zeroes and false are values', () => {
  expect(rendered({ tcp: { maxConnections: 0, idleTimeout: Duration.seconds(0) }, http: { maxRetries: 0, useClientProtocol: false } }))
    .toEqual({ tcp: { maxConnections: 0, idleTimeout: '0s' }, http: { maxRetries: 0, useClientProtocol: false } });
});

test('connections may be upgraded as long as the protocol is not the client\'s', () => {
  expect(rendered({ http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE, useClientProtocol: false } }).http.h2UpgradePolicy).toBe('UPGRADE');
  expect(errorOf({ http: { h2UpgradePolicy: H2UpgradePolicy.UPGRADE, useClientProtocol: true } }))
    .toBe('.connectionPool.http.useClientProtocol must not be true where h2UpgradePolicy is UPGRADE: '
      + 'connections are upgraded, or keep the client\'s protocol');
});

const COUNTS = [
  ['tcp', 'maxConnections', 2147483647],
  ['http', 'http1MaxPendingRequests', 2147483647],
  ['http', 'http2MaxRequests', 2147483647],
  ['http', 'maxRequestsPerConnection', 2147483647],
  ['http', 'maxRetries', 2147483647],
  ['http', 'maxConcurrentStreams', 2147483647],
] as const;

describe.each(COUNTS)('%s.%s', (part, name, max) => {
  test('takes every integer of its field', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max }), count => {
      expect(rendered({ [part]: { [name]: count } })[part][name]).toBe(count);
    }), { examples: [[0], [max]], numRuns: 10 });
  });

  test.each([...NOT_NUMBERS, max + 1])('fails on %p', value => {
    expect(errorOf({ [part]: { [name]: value } })).toMatch(`.connectionPool.${part}.${name} must be an integer from 0 to ${max}, got `);
  });
});

test('probes are an unsigned number', () => {
  expect(rendered({ tcp: { tcpKeepalive: { probes: 4294967295 } } }).tcp.tcpKeepalive).toEqual({ probes: 4294967295 });
  expect(errorOf({ tcp: { tcpKeepalive: { probes: 4294967296 } } }))
    .toBe('.connectionPool.tcp.tcpKeepalive.probes must be an integer from 0 to 4294967295, got 4294967296');
});

const AT_LEAST_A_MILLISECOND = [
  ['tcp', 'connectTimeout'], ['tcp', 'maxConnectionDuration'], ['http', 'idleTimeout'],
] as const;

describe.each(AT_LEAST_A_MILLISECOND)('%s.%s', (part, name) => {
  test('takes every duration of whole milliseconds', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1e9 }), milliseconds => {
      const text = milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
      expect(rendered({ [part]: { [name]: Duration.millis(milliseconds) } })[part][name]).toBe(text);
    }), { examples: [[1], [1000]], numRuns: 10 });
  });

  test('fails on zero and on parts of a millisecond', () => {
    for (const duration of [Duration.millis(0), Duration.millis(0.5), Duration.millis(1.5)]) {
      expect(errorOf({ [part]: { [name]: duration } }))
        .toBe(`.connectionPool.${part}.${name} must be a whole number of milliseconds, at least 1, got ${duration.toMilliseconds({ integral: false })} ms`);
    }
  });

  test.each(NOT_DURATIONS)('fails on %p', value => {
    expect(errorOf({ [part]: { [name]: value } })).toMatch(`.connectionPool.${part}.${name} must be made by Duration, such as Duration.seconds(5), got `);
  });
});

test('tcp.idleTimeout is turned off by zero', () => {
  expect(rendered({ tcp: { idleTimeout: Duration.millis(0) } })).toEqual({ tcp: { idleTimeout: '0s' } });
  expect(errorOf({ tcp: { idleTimeout: Duration.millis(0.5) } }))
    .toBe('.connectionPool.tcp.idleTimeout must be 0 or a whole number of milliseconds, at least 1, got 0.5 ms');
});

test.each(['time', 'interval'])('tcpKeepalive.%s is in whole seconds, as the proxies get them', name => {
  expect(errorOf({ tcp: { tcpKeepalive: { [name]: Duration.millis(1500) } } }))
    .toBe(`.connectionPool.tcp.tcpKeepalive.${name} must be whole seconds, got 1500ms, the proxies would not get the rest`);
  expect(errorOf({ tcp: { tcpKeepalive: { [name]: Duration.seconds(0) } } }))
    .toBe(`.connectionPool.tcp.tcpKeepalive.${name} must be a whole number of milliseconds, at least 1, got 0 ms`);
});

test.each(['interval', 'timeout'])('http2KeepAlive needs its %s', name => {
  const whole = { interval: Duration.seconds(30), timeout: Duration.seconds(5) };
  expect(errorOf({ http: { http2KeepAlive: { ...whole, [name]: undefined } } })).toBe(`.connectionPool.http.http2KeepAlive.${name} must be given`);
  expect(errorOf({ http: { http2KeepAlive: { ...whole, [name]: Duration.millis(0) } } }))
    .toBe(`.connectionPool.http.http2KeepAlive.${name} must be a whole number of milliseconds, at least 1, got 0 ms`);
});

test.each([
  ['a pool', {}, '.connectionPool must set at least one of tcp, http'],
  ['tcp', { tcp: {} }, '.connectionPool.tcp must set at least one of maxConnections, connectTimeout, tcpKeepalive, maxConnectionDuration, idleTimeout'],
  ['http', { http: { maxRetries: undefined } }, '.connectionPool.http must set at least one of http1MaxPendingRequests, http2MaxRequests, maxRequestsPerConnection, '
    + 'maxRetries, idleTimeout, h2UpgradePolicy, useClientProtocol, maxConcurrentStreams, http2KeepAlive'],
  ['keepalive', { tcp: { tcpKeepalive: {} } }, '.connectionPool.tcp.tcpKeepalive must set at least one of probes, time, interval'],
])('fails on %s that says nothing', (_what, pool, message) => {
  expect(errorOf(pool)).toBe(message);
});

test.each([
  ['a pool', { max: 1 }, '.connectionPool has no property \'max\', known properties: tcp, http'],
  ['tcp', { tcp: { connecttimeout: Duration.seconds(1) } }, '.connectionPool.tcp has no property \'connecttimeout\', known properties: maxConnections, connectTimeout, '
    + 'tcpKeepalive, maxConnectionDuration, idleTimeout'],
  ['http2KeepAlive', { http: { http2KeepAlive: { time: Duration.seconds(1) } } },
    '.connectionPool.http.http2KeepAlive has no property \'time\', known properties: interval, timeout'],
])('fails on a property that %s does not have', (_what, pool, message) => {
  expect(errorOf(pool)).toBe(message);
});

test('fails on an upgrade policy and on a switch that are not of the type', () => {
  expect(errorOf({ http: { h2UpgradePolicy: 'upgrade' } })).toBe('.connectionPool.http.h2UpgradePolicy must be one of DEFAULT, DO_NOT_UPGRADE, UPGRADE, got \'upgrade\'');
  expect(errorOf({ http: { useClientProtocol: 'true' } })).toBe('.connectionPool.http.useClientProtocol must be true or false, got \'true\'');
  expect(errorOf({ tcp: 5 })).toBe('.connectionPool.tcp must be an object, got 5');
  expect(errorOf(null)).toBe('.connectionPool must be an object, got null');
});
