import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { OutlierDetection } from '../lib';
import { NOT_DURATIONS, NOT_NUMBERS, policyError, renderedPolicy } from './traffic-policies';

function rendered(outlierDetection: OutlierDetection): any {
  return renderedPolicy({ outlierDetection }).outlierDetection;
}

function errorOf(outlierDetection: unknown): string {
  return policyError({ outlierDetection });
}

test('every property is written', () => {
  expect(rendered({
    consecutive5xxErrors: 7,
    consecutiveGatewayErrors: 3,
    splitExternalLocalOriginErrors: true,
    consecutiveLocalOriginFailures: 4,
    interval: Duration.minutes(5),
    baseEjectionTime: Duration.millis(1500),
    maxEjectionPercent: 50,
    minHealthPercent: 30,
    outlierDetectionHttpErrorCodes: [429, 503],
  })).toEqual({
    consecutive5xxErrors: 7,
    consecutiveGatewayErrors: 3,
    splitExternalLocalOriginErrors: true,
    consecutiveLocalOriginFailures: 4,
    interval: '300s',
    baseEjectionTime: '1500ms',
    maxEjectionPercent: 50,
    minHealthPercent: 30,
    outlierDetectionHttpErrorCodes: [429, 503],
  });
});

test('zero turns a count off and is written', () => {
  expect(rendered({ consecutive5xxErrors: 0 })).toEqual({ consecutive5xxErrors: 0 });
});

describe.each([
  ['consecutive5xxErrors', 4294967295],
  ['consecutiveGatewayErrors', 4294967295],
  ['consecutiveLocalOriginFailures', 4294967295],
  ['maxEjectionPercent', 100],
  ['minHealthPercent', 100],
])('%s', (name, max) => {
  test('takes every integer of its field', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max }), count => {
      expect(rendered({ splitExternalLocalOriginErrors: true, [name]: count })[name]).toBe(count);
    }), { examples: [[0], [max]], numRuns: 10 });
  });

  test.each([...NOT_NUMBERS, max + 1])('fails on %p', value => {
    expect(errorOf({ [name]: value })).toMatch(`.outlierDetection.${name} must be an integer from 0 to ${max}, got `);
  });
});

describe.each(['interval', 'baseEjectionTime'])('%s', name => {
  test('fails on zero and on parts of a millisecond', () => {
    expect(errorOf({ [name]: Duration.seconds(0) })).toBe(`.outlierDetection.${name} must be a whole number of milliseconds, at least 1, got 0 ms`);
    expect(errorOf({ [name]: Duration.millis(1.5) })).toBe(`.outlierDetection.${name} must be a whole number of milliseconds, at least 1, got 1.5 ms`);
  });

  test.each(NOT_DURATIONS)('fails on %p', value => {
    expect(errorOf({ [name]: value })).toMatch(`.outlierDetection.${name} must be made by Duration, such as Duration.seconds(5), got `);
  });
});

test('failures on the proxy\'s side are counted only apart from errors', () => {
  const message = '.outlierDetection.consecutiveLocalOriginFailures needs splitExternalLocalOriginErrors: true, without it these failures are not counted apart';
  expect(errorOf({ consecutiveLocalOriginFailures: 1 })).toBe(message);
  expect(errorOf({ consecutiveLocalOriginFailures: 1, splitExternalLocalOriginErrors: false })).toBe(message);
  expect(rendered({ consecutiveLocalOriginFailures: 0 })).toEqual({ consecutiveLocalOriginFailures: 0 });
});

test('status codes are from 100 to 599', () => {
  expect(rendered({ outlierDetectionHttpErrorCodes: [100, 599] })).toEqual({ outlierDetectionHttpErrorCodes: [100, 599] });
  expect(errorOf({ outlierDetectionHttpErrorCodes: [500, 600] })).toBe('.outlierDetection.outlierDetectionHttpErrorCodes[1] must be an integer from 100 to 599, got 600');
  expect(errorOf({ outlierDetectionHttpErrorCodes: [99] })).toBe('.outlierDetection.outlierDetectionHttpErrorCodes[0] must be an integer from 100 to 599, got 99');
  expect(errorOf({ outlierDetectionHttpErrorCodes: [] })).toBe('.outlierDetection.outlierDetectionHttpErrorCodes must not be empty, leave it out instead');
  expect(errorOf({ outlierDetectionHttpErrorCodes: [undefined] })).toBe('.outlierDetection.outlierDetectionHttpErrorCodes[0] must not be undefined, leave the item out');
});

test('fails on a detection that says nothing', () => {
  expect(errorOf({})).toBe('.outlierDetection must set at least one of consecutive5xxErrors, consecutiveGatewayErrors, splitExternalLocalOriginErrors, '
    + 'consecutiveLocalOriginFailures, interval, baseEjectionTime, maxEjectionPercent, minHealthPercent, outlierDetectionHttpErrorCodes');
});

test('fails on the deprecated count and on other unknown properties', () => {
  expect(errorOf({ consecutiveErrors: 5 })).toMatch('.outlierDetection has no property \'consecutiveErrors\', known properties: consecutive5xxErrors, ');
});
