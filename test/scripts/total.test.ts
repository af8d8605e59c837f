import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const TOTAL = path.resolve(__dirname, '../../scripts/total.js');
const ALL_PASSED = { numPassedTests: 3, numFailedTests: 0, numRuntimeErrorTestSuites: 0, skipped: [] };

describe('the total of all tests', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'total-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** What is printed for some reports, and whether that is a success. */
  function total(failedSteps: number, ...reports: object[]): { lines: string[]; isGreen: boolean } {
    const files = reports.map((report, index) => {
      const file = path.join(folder, `${index}.json`);
      fs.writeFileSync(file, JSON.stringify(report));
      return file;
    });
    const { stdout, status } = spawnSync(process.execPath, [TOTAL, String(failedSteps), ...files], { encoding: 'utf-8' });
    return { lines: stdout.trim().split('\n'), isGreen: status === 0 };
  }

  test('adds up the tests of all reports', () => {
    expect(total(0, ALL_PASSED, ALL_PASSED)).toEqual({ lines: ['6 passed, 0 failed'], isGreen: true });
  });

  test.each([
    ['a test failed', 0, { ...ALL_PASSED, numFailedTests: 1 }],
    ['a file could not be run', 0, { ...ALL_PASSED, numRuntimeErrorTestSuites: 1 }],
    ['a step failed', 1, ALL_PASSED],
  ])('is red where %s', (_title, failedSteps, report) => {
    expect(total(failedSteps, report)).toEqual({ lines: ['3 passed, 1 failed'], isGreen: false });
  });

  test('is red where no test ran', () => {
    expect(total(0, { ...ALL_PASSED, numPassedTests: 0 }).isGreen).toBe(false);
  });

  test('is red where a report is missing', () => {
    const { status } = spawnSync(process.execPath, [TOTAL, '0', path.join(folder, 'missing.json')]);
    expect(status).toBe(1);
  });

  test('names a skipped test, and is red', () => {
    const { lines, isGreen } = total(0, { ...ALL_PASSED, skipped: [{ file: 'test/x.test.ts', name: 'x does y' }] });
    expect(lines).toEqual(['skipped: test/x.test.ts x does y', '3 passed, 1 failed']);
    expect(isGreen).toBe(false);
  });

  test('names a test that may be skipped, and stays green', () => {
    const { lines, isGreen } = total(0, { ...ALL_PASSED, skipped: [{ file: 'a', name: 'cdk8s-istio names a file that the system cannot read' }] });
    expect(lines[0]).toMatch(/^skipped, as it may be where \/proc is missing: a /);
    expect(isGreen).toBe(true);
  });
});
