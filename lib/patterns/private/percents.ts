import { checkPercent, fail } from '../../private/validation';

/** A percentage of at most two decimals, as a number of hundredths, so that sums are exact. */
export function toHundredths(property: string, percent: number): number {
  checkPercent(property, percent);
  const hundredths = Math.round(percent * 100);
  if (Math.abs(percent * 100 - hundredths) > 1e-6) {
    fail(property, 'a percentage with at most two decimals', percent);
  }
  return hundredths;
}

/** Weights in the proportions of hundredths that add up to 100 %: percentages where all are whole. */
export function toWeights(hundredths: readonly number[]): number[] {
  const divisor = [100, 10, 1].find(each => hundredths.every(share => share % each === 0))!;
  return hundredths.map(share => share / divisor);
}
