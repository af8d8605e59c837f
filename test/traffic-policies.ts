import { DestinationRule, ServiceHost, TrafficPolicy } from '../lib';
import { specOf, testChart } from './util';

/** A traffic policy as a rule writes it. */
export function renderedPolicy(trafficPolicy: TrafficPolicy): any {
  const chart = testChart();
  new DestinationRule(chart, 'Rule', { host: ServiceHost.fromName('reviews'), trafficPolicy });
  return specOf(chart, 'DestinationRule').trafficPolicy;
}

/** What a rule says to a traffic policy that it refuses, behind `[test/Rule] trafficPolicy`. */
export function policyError(trafficPolicy: unknown): string {
  try {
    renderedPolicy(trafficPolicy as TrafficPolicy);
  } catch (error) {
    const prefix = '[test/Rule] trafficPolicy';
    const message = (error as Error).message;
    expect(message.slice(0, prefix.length)).toBe(prefix);
    return message.slice(prefix.length);
  }
  throw new Error('the policy was accepted');
}

/** Values that are not numbers of any use, from programs without types. */
export const NOT_NUMBERS: unknown[] = [null, NaN, Infinity, -1, 1.5, '1', '', true, {}, [], () => 1];

/** Values that are not durations. */
export const NOT_DURATIONS: unknown[] = [null, 5, '5s', '', {}, [], true];
