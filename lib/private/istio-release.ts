import { describe } from './describe';

/** The release that the generated classes and the rules describe. */
export const NEWEST_RELEASE = '1.31';

const OLDEST_MINOR = 28;

/** The minor number of a release such as `1.31` or `1.31.4`. */
export function minorOf(version: string): number {
  const match = typeof version === 'string' ? /^1\.(\d+)(\.\d+)?$/.exec(version) : null;
  if (match === null || Number(match[1]) < OLDEST_MINOR) {
    throw new Error(`istioVersion must be a release from 1.${OLDEST_MINOR} on, such as '${NEWEST_RELEASE}', got ${describe(version)}`);
  }
  return Number(match[1]);
}
