import { ApiObjectMetadata, App, Chart, ChartProps, Testing } from 'cdk8s';

/** A chart of an app of its own, whose manifests are not written anywhere. */
export function testChart(props: ChartProps = {}): Chart {
  return new Chart(new App(), 'test', { disableResourceNameHashes: true, ...props });
}

/** An app with two charts, for what crosses charts. */
export function testCharts(first: ChartProps = {}, second: ChartProps = {}): { app: App; first: Chart; second: Chart } {
  const app = new App();
  return {
    app,
    first: new Chart(app, 'first', { disableResourceNameHashes: true, ...first }),
    second: new Chart(app, 'second', { disableResourceNameHashes: true, ...second }),
  };
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ApiObjectMetadata;
  readonly spec: any;
}

/** The manifests of a chart as they are written, through the validation of the whole app. */
export function manifestsOf(chart: Chart): Manifest[] {
  return Testing.synth(chart);
}

/** The only manifest of a kind. */
export function manifestOf(chart: Chart, kind: string): Manifest {
  const found = manifestsOf(chart).filter(manifest => manifest.kind === kind);
  expect(found.map(manifest => manifest.kind)).toEqual([kind]);
  return found[0];
}

/** The `spec` of the only manifest of a kind. */
export function specOf(chart: Chart, kind: string): any {
  return manifestOf(chart, kind).spec;
}
