import type { Duration } from 'cdk8s';

/**
 * How many retries may be under way, in proportion to the requests under way, so that retries do not become the overload.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy-RetryBudget
 */
export interface RetryBudget {
  /**
   * The retries as a percentage of the requests that are active or waiting, from 0 to 100.
   *
   * @default 20
   */
  readonly percent?: number;

  /**
   * How many retries are allowed in any case, from 0 to 4294967295. 0 is the same as leaving it out.
   *
   * @default 3
   */
  readonly minRetryConcurrency?: number;

  /**
   * How long a request counts after it began. Zero counts only the requests that are active or waiting.
   *
   * @default Duration.millis(0)
   */
  readonly budgetInterval?: Duration;
}
