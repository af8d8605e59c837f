import { existsSync, readFileSync } from 'fs';
import * as path from 'path';

/** The version of this package, which lies some folders above wherever it is built to. */
export function packageVersion(): string {
  for (let folder = __dirname; path.dirname(folder) !== folder; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file)) {
      return JSON.parse(readFileSync(file, 'utf-8')).version;
    }
  }
  return 'unknown';
}
