import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { FaultAbort, FaultInjection, GrpcStatus, HttpAction, RetryPolicy, ServiceHost } from '../lib';
import { renderFault } from '../lib/private/render-fault';

const abort = FaultAbort.httpStatus(503, { percent: 10 });
const delay = { fixedDelay: Duration.seconds(5), percent: 0.1 };

test('an abort answers with an HTTP status', () => {
  expect(abort._toAbort()).toEqual({ httpStatus: 503, percentage: { value: 10 } });
});

test('an abort answers with a gRPC status', () => {
  expect(FaultAbort.grpcStatus(GrpcStatus.UNAVAILABLE, { percent: 100 })._toAbort()).toEqual({ grpcStatus: 'UNAVAILABLE', percentage: { value: 100 } });
});

test('a delay and an abort each have their share', () => {
  expect(renderFault('fault', { delay, abort })).toEqual({
    delay: { fixedDelay: '5s', percentage: { value: 0.1 } },
    abort: { httpStatus: 503, percentage: { value: 10 } },
  });
});

test.each([199, 600, 503.5, NaN, '503', null])('an abort fails on the status %p', status => {
  expect(() => FaultAbort.httpStatus(status as number, { percent: 1 })).toThrow(/^status must be (an integer from 200 to 599, got|given)/);
});

test('an abort fails on a status that gRPC does not have', () => {
  expect(() => FaultAbort.grpcStatus('CANCELED' as GrpcStatus, { percent: 1 })).toThrow(/^status must be one of OK, CANCELLED, .*, got 'CANCELED'$/);
});

test.each([-1, 100.1, 0.00001, NaN, Infinity, '10'])('an abort fails on %p percent', percent => {
  expect(() => FaultAbort.httpStatus(503, { percent: percent as number })).toThrow(/^percent must be (a number from 0 to 100|0, or a number from 0.0001 to 100), got/);
});

test('an abort fails without a share, which Istio reads as none', () => {
  expect(() => FaultAbort.httpStatus(503, {} as never)).toThrow('percent must be given');
  expect(() => FaultAbort.httpStatus(503, undefined as never)).toThrow('options must be given');
});

test.each<[FaultInjection, string]>([
  [{}, 'fault must have delay or abort, leave it out instead'],
  [{ delay: { percent: 1 } as never }, 'fault.delay.fixedDelay must be given'],
  [{ delay: { fixedDelay: Duration.seconds(1) } as never }, 'fault.delay.percent must be given'],
  [{ delay: { fixedDelay: Duration.seconds(0), percent: 1 } }, 'fault.delay.fixedDelay must be a whole number of milliseconds, at least 1, got 0 ms'],
  [{ delay: { fixedDelay: Duration.seconds(1), percent: 101 } }, 'fault.delay.percent must be a number from 0 to 100, got 101'],
  [{ delay: null as never }, 'fault.delay must be an object, got null'],
  [{ delay: { ...delay, exponentialDelay: 1 } as never }, "fault.delay has no property 'exponentialDelay', known properties: fixedDelay, percent"],
  [{ abort: { httpStatus: 503 } as never }, 'fault.abort must be made by FaultAbort, such as FaultAbort.httpStatus(), got an object with httpStatus'],
  [{ abort: RetryPolicy.none() as never }, 'fault.abort must be made by FaultAbort, such as FaultAbort.httpStatus(), got a value of class RetryPolicy'],
])('fails on %p', (fault, message) => {
  expect(() => HttpAction.forward(ServiceHost.fromName('a'), { fault })).toThrow(message);
});

test('takes 0 and every share that the proxy can count', () => {
  fc.assert(fc.property(fc.oneof(fc.constant(0), fc.double({ min: 0.0001, max: 100, noNaN: true })), percent => {
    expect(FaultAbort.httpStatus(500, { percent })._toAbort().percentage).toEqual({ value: percent });
  }));
});
