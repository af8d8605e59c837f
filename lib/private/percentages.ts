import { checkPercent, fail } from './validation';

/** A percentage in the steps that Envoy counts in: Istio turns anything between 0 and 0.0001 into 0, or refuses it. */
export function checkFaultPercent<T extends number | undefined>(property: string, value: T): T {
  checkPercent(property, value);
  if (value !== undefined && value > 0 && value < 0.0001) {
    fail(property, '0, or a number from 0.0001 to 100', value);
  }
  return value;
}
