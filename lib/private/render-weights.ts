import type { IDestination } from '../destination';
import { checkDestination } from './render-destination';
import { checkGiven, checkInteger, checkRequiredList, checkStruct, INT32_MAX, UINT32_MAX } from './validation';

interface Weighted {
  readonly destination: IDestination;
  readonly weight: number;
}

/** Destinations with their weights, as copies: relative, and not all 0 when there are several. */
export function checkWeights<T extends Weighted, U extends Weighted>(
  property: string, destinations: readonly T[], check: (item: string, weighted: T) => U,
): U[] {
  const checked = checkRequiredList(property, destinations, check);
  checkSum(property, checked.map(({ weight }) => weight));
  return checked;
}

/** One destination with its weight, and what else is known of it. */
export function checkWeighted<T extends Weighted>(property: string, weighted: T, known: readonly (keyof T & string)[]): Weighted {
  checkStruct(property, weighted, known);
  return {
    destination: checkDestination(`${property}.destination`, weighted.destination),
    weight: checkInteger(`${property}.weight`, checkGiven(`${property}.weight`, weighted.weight), { min: 0, max: INT32_MAX }),
  };
}

function checkSum(property: string, weights: number[]): void {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.length > 1 && sum === 0) {
    throw new Error(`${property} must have a positive weight, got ${weights.join(' and ')}`);
  }
  // the proxy adds in 32 bits
  if (sum > UINT32_MAX) {
    throw new Error(`${property} must have weights whose sum is at most ${UINT32_MAX}, got ${sum}`);
  }
}
