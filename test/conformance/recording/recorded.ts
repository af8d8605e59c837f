import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';

/** A manifest of a program that a unit test synthesized, or tried to. */
export interface Recorded {
  readonly object: any;

  /** Whether it is what the typed API wrote, without a patch, and was synthesized: then Istio must accept it. */
  readonly isPromised: boolean;

  /** The test. */
  readonly place: string;
}

const ROOT = path.resolve(__dirname, '..', '..', '..');

const FILES = ['test/*.test.ts', 'test/patterns/*.test.ts', 'test/checks/*.test.ts', 'test/private/*.test.ts'];

// these synthesize nothing of their own, or what is put to Istio elsewhere
const LEFT_OUT = ['api', 'docs', 'documented-names', 'thrown', 'examples'];

/** Runs the unit tests of the typed API and of the patterns, and returns what they synthesized, each manifest once. */
export function recordUnitTests(): Recorded[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'recorded-'));
  try {
    const file = path.join(folder, 'manifests.jsonl');
    const { jest } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf-8'));
    const config = {
      ...jest,
      rootDir: ROOT,
      testMatch: FILES.map(files => `<rootDir>/${files}`),
      testPathIgnorePatterns: LEFT_OUT.map(name => `<rootDir>/test/${name}\\.test\\.ts$`),
      setupFilesAfterEnv: [path.join(__dirname, 'record.ts')],
      reporters: ['default'],
    };
    const { status, stderr } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), '--config', JSON.stringify(config)], {
      cwd: ROOT, encoding: 'utf-8', env: { ...process.env, RECORDED_MANIFESTS: file, JEST_WORKER_ID: undefined },
    });
    if (status !== 0) {
      throw new Error(`the unit tests failed:\n${stderr.slice(-5000)}`);
    }
    const lines = readFileSync(file, 'utf-8').trimEnd().split('\n').map(line => JSON.parse(line) as Recorded);
    const distinct = new Map(lines.map(line => [JSON.stringify([line.object, line.isPromised]), line]));
    return [...distinct.values()];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
