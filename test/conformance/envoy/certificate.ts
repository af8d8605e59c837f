import { spawnSync } from 'child_process';
import * as path from 'path';

/** A certificate that signs itself, and its key, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const BINARY = path.join(__dirname, '..', 'oracle', 'bin', 'oracle');

/** A new certificate for servers whose names nobody checks. */
export function newCertificate(): Certificate {
  const { error, status, stdout, stderr } = spawnSync(BINARY, ['certificate'], { encoding: 'utf8' });
  if (error !== undefined || status !== 0) {
    throw new Error(`no certificate from ${BINARY}: ${error?.message ?? stderr}; build it with "go build -o bin/oracle ." in test/conformance/oracle, which needs Go 1.26`);
  }
  return JSON.parse(stdout) as Certificate;
}
