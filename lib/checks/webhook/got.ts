import { describe } from '../../private/describe';

/** The end of a message about a value that is not as it should be. */
export function got(value: unknown): string {
  return value === undefined ? ', but is missing' : `, got ${describe(value)}`;
}
