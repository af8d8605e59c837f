import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { RetryOn, RetryPolicy, RetryPolicyOptions } from '../lib';

test('none switches the mesh\'s own retries off', () => {
  expect(RetryPolicy.none()._toRetries()).toEqual({ attempts: 0 });
});

test('only what was said is written', () => {
  expect(JSON.parse(JSON.stringify(RetryPolicy.attempts(3)._toRetries()))).toEqual({ attempts: 3 });
});

test('writes every option', () => {
  expect(RetryPolicy.attempts(3, {
    perTryTimeout: Duration.millis(2500),
    retryOn: [RetryOn.ANY_5XX, RetryOn.RESET, RetryOn.CONNECT_FAILURE],
    retryOnStatus: [503, 429],
    backoff: Duration.millis(100),
    retryRemoteLocalities: true,
    retryIgnorePreviousHosts: false,
  })._toRetries()).toEqual({
    attempts: 3,
    perTryTimeout: '2500ms',
    retryOn: '5xx,reset,connect-failure,503,429',
    backoff: '100ms',
    retryRemoteLocalities: true,
    retryIgnorePreviousHosts: false,
  });
});

test('statuses alone are conditions too', () => {
  expect(RetryPolicy.attempts(1, { retryOnStatus: [503] })._toRetries().retryOn).toBe('503');
});

test.each([0, -1, 1.5, NaN, 2147483648, '3', null, undefined])('fails on %p attempts', attempts => {
  expect(() => RetryPolicy.attempts(attempts as number)).toThrow(attempts === 0
    ? 'attempts must be at least 1, got 0, use RetryPolicy.none()'
    : /^attempts must be (an integer from 1 to 2147483647, got|given)/);
});

test.each<[RetryPolicyOptions, string]>([
  [{ perTryTimeout: Duration.millis(0) }, 'perTryTimeout must be a whole number of milliseconds, at least 1, got 0 ms'],
  [{ backoff: Duration.millis(0.5) }, 'backoff must be a whole number of milliseconds, at least 1, got 0.5 ms'],
  [{ perTryTimeout: '2s' as never }, "perTryTimeout must be made by Duration, such as Duration.seconds(5), got '2s'"],
  [{ retryOn: [] }, 'retryOn must not be empty, leave it out instead'],
  [{ retryOn: ['5xx,reset' as never] }, /^retryOn\[0\] must be one of 5xx, gateway-error, .*, got '5xx,reset'$/ as never],
  [{ retryOn: [RetryOn.RESET, RetryOn.RESET] }, "retryOn[1] 'reset' repeats retryOn[0]"],
  [{ retryOn: [undefined as never] }, 'retryOn[0] must not be undefined, leave the item out'],
  [{ retryOnStatus: [] }, 'retryOnStatus must not be empty, leave it out instead'],
  [{ retryOnStatus: [520] }, 'retryOnStatus[0] must be an HTTP status that Istio knows, such as 503, got 520'],
  [{ retryOnStatus: ['503' as never] }, "retryOnStatus[0] must be an integer, got '503'"],
  [{ retryOnStatus: [503, 503] }, "retryOnStatus[1] '503' repeats retryOnStatus[0]"],
  [{ retryRemoteLocalities: 'yes' as never }, "retryRemoteLocalities must be true or false, got 'yes'"],
  [{ retryIgnorePreviousHosts: 1 as never }, 'retryIgnorePreviousHosts must be true or false, got 1'],
  [{ timeout: Duration.seconds(1) } as never, "options has no property 'timeout', known properties: perTryTimeout, retryOn, retryOnStatus, backoff, retryRemoteLocalities, retryIgnorePreviousHosts"],
])('fails on %p', (options, message) => {
  expect(() => RetryPolicy.attempts(1, options)).toThrow(message);
});

test('takes every duration of whole milliseconds', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 10 }), milliseconds => {
    const { backoff } = RetryPolicy.attempts(1, { backoff: Duration.millis(milliseconds) })._toRetries();
    const [, number, unit] = /^(\d+)(ms|s)$/.exec(backoff!)!;
    expect(Number(number) * (unit === 's' ? 1000 : 1)).toBe(milliseconds);
  }));
});
