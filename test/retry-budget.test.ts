import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { RetryBudget } from '../lib';
import { NOT_DURATIONS, policyError, renderedPolicy } from './traffic-policies';

function rendered(retryBudget: RetryBudget): any {
  return renderedPolicy({ retryBudget }).retryBudget;
}

function errorOf(retryBudget: unknown): string {
  return policyError({ retryBudget });
}

test('every property is written', () => {
  expect(rendered({ percent: 12.5, minRetryConcurrency: 5, budgetInterval: Duration.seconds(10) }))
    .toEqual({ percent: 12.5, minRetryConcurrency: 5, budgetInterval: '10s' });
});

test('zeroes are values', () => {
  expect(rendered({ percent: 0, minRetryConcurrency: 0, budgetInterval: Duration.millis(0) })).toEqual({ percent: 0, minRetryConcurrency: 0, budgetInterval: '0s' });
});

test('percent takes every number from 0 to 100 and no other', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 100, noNaN: true }), percent => {
    expect(rendered({ percent }).percent).toBe(percent);
  }), { examples: [[0], [100]], numRuns: 20 });
  expect(errorOf({ percent: 100.5 })).toBe('.retryBudget.percent must be a number from 0 to 100, got 100.5');
  expect(errorOf({ percent: -1 })).toBe('.retryBudget.percent must be a number from 0 to 100, got -1');
  expect(errorOf({ percent: NaN })).toBe('.retryBudget.percent must be a number from 0 to 100, got NaN');
  expect(errorOf({ percent: '20%' })).toBe('.retryBudget.percent must be a number from 0 to 100, got \'20%\'');
});

test('the least number of retries is an unsigned integer', () => {
  expect(rendered({ minRetryConcurrency: 4294967295 })).toEqual({ minRetryConcurrency: 4294967295 });
  expect(errorOf({ minRetryConcurrency: 4294967296 })).toBe('.retryBudget.minRetryConcurrency must be an integer from 0 to 4294967295, got 4294967296');
  expect(errorOf({ minRetryConcurrency: 0.5 })).toBe('.retryBudget.minRetryConcurrency must be an integer from 0 to 4294967295, got 0.5');
});

test.each(NOT_DURATIONS)('fails on the interval %p', value => {
  expect(errorOf({ budgetInterval: value })).toMatch('.retryBudget.budgetInterval must be made by Duration, such as Duration.seconds(5), got ');
});

test('fails on a budget that says nothing, and on unknown properties', () => {
  expect(errorOf({})).toBe('.retryBudget must set at least one of percent, minRetryConcurrency, budgetInterval');
  expect(errorOf({ budgetPercent: 1 })).toBe('.retryBudget has no property \'budgetPercent\', known properties: percent, minRetryConcurrency, budgetInterval');
});
