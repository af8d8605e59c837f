import * as fs from 'fs';
import * as path from 'path';

/** A folder of test data that stands beside the repository. */
export interface SharedFolder {
  readonly path: string;

  /** `describe`, or `describe.skip` where the data is absent. */
  readonly describe: jest.Describe;
}

/**
 * Test data beside the repository. Where it is absent its tests are skipped by name,
 * unless REQUIRE_SHARED=1 says that it must be there.
 */
export function sharedFolder(folder: string): SharedFolder {
  const location = path.resolve(__dirname, '..', '..', 'shared', folder);
  return { path: location, describe: describeWith(location) };
}

/** `describe` for tests that read a file or folder, or `describe.skip` where it is absent and may be. */
export function describeWith(location: string): jest.Describe {
  if (fs.existsSync(location)) {
    return describe;
  }
  if (process.env.REQUIRE_SHARED === '1') {
    throw new Error(`${location} is absent, but REQUIRE_SHARED=1 says that its tests must run`);
  }
  return describe.skip as jest.Describe;
}
