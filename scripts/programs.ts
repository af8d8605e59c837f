import * as fs from 'fs';
import * as path from 'path';
import { App } from 'cdk8s';

export const ROOT = path.resolve(__dirname, '..');
export const EXAMPLES = path.join(ROOT, 'examples');

/** The names of the programs in examples/, the complete tutorial example first. */
export function exampleNames(): string[] {
  const first = 'tutorial-18-complete-example';
  return fs.readdirSync(EXAMPLES)
    .filter(file => file.endsWith('.ts'))
    .map(file => path.basename(file, '.ts'))
    .sort((a, b) => Number(b === first) - Number(a === first) || a.localeCompare(b));
}

/**
 * Runs a program and returns the manifests of each app that it synthesizes, as YAML.
 * Nothing is written to disk.
 */
export function captureYaml(run: () => void): string {
  const synth = App.prototype.synth;
  const captured: string[] = [];
  App.prototype.synth = function () {
    captured.push(this.synthYaml());
  };
  try {
    run();
  } finally {
    App.prototype.synth = synth;
  }
  return captured.join('---\n');
}
