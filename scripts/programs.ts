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
  return captureApps(run).map(({ yaml }) => yaml).join('---\n');
}

/** Runs a program and returns each app that it synthesizes: the folder that the app would write to, and what. */
export function captureApps(run: () => void): { readonly outdir: string; readonly yaml: string }[] {
  const synth = App.prototype.synth;
  const captured: { outdir: string; yaml: string }[] = [];
  App.prototype.synth = function () {
    captured.push({ outdir: this.outdir, yaml: this.synthYaml() });
  };
  try {
    run();
  } finally {
    App.prototype.synth = synth;
  }
  return captured;
}
