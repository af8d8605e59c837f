import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Chart, YamlOutputType } from 'cdk8s';
import { CanaryRelease, IStagedProgram, ServiceHost, StagedSynth, StagedSynthOptions } from '../../lib';

const versions = { service: ServiceHost.fromName('reviews'), stable: { version: 'v1' }, canary: { version: 'v2' } };

class Shop implements IStagedProgram {
  constructor(private readonly plans: number[][], private readonly stage?: number) {}

  public define(app: App): void {
    this.plans.forEach((plan, index) => {
      const chart = new Chart(app, `shop-${index}`, { disableResourceNameHashes: true });
      new CanaryRelease(chart, 'Reviews', { ...versions, service: ServiceHost.fromName(`reviews-${index}`), plan, stage: this.stage, sticky: {} });
    });
  }
}

let outdir: string;

beforeEach(() => {
  outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'stages-'));
});

afterEach(() => {
  fs.rmSync(outdir, { recursive: true });
  delete process.env.CDK8S_OUTDIR;
});

function filesOf(folder: string): string[] {
  return fs.readdirSync(folder).sort();
}

test('one call writes every stage into its own folder', () => {
  const folders = StagedSynth.writeAll({ outdir, program: new Shop([[10, 100]]) });
  expect(folders).toEqual([0, 1, 2].map(stage => path.join(outdir, `stage-${stage}`)));
  expect(folders.map(filesOf)).toEqual([0, 1, 2].map(() => ['shop-0.k8s.yaml']));
});

test('the folders differ in weights only', () => {
  const texts = StagedSynth.writeAll({ outdir, program: new Shop([[1, 5, 25, 50, 100]]) }).map(folder => fs.readFileSync(path.join(folder, 'shop-0.k8s.yaml'), 'utf-8'));
  expect(new Set(texts).size).toBe(6);
  expect(new Set(texts.map(text => text.replace(/weight: \d+/g, 'weight: n'))).size).toBe(1);
});

test('all releases of the program are in the same stage', () => {
  StagedSynth.writeAll({ outdir, program: new Shop([[10, 100], [20, 50]]) });
  const texts = [0, 1].map(chart => fs.readFileSync(path.join(outdir, 'stage-1', `shop-${chart}.k8s.yaml`), 'utf-8'));
  expect(texts.map(text => [...text.matchAll(/weight: (\d+)/g)].slice(-4).map(([, weight]) => weight))).toEqual([['0', '10', '90', '0'], ['30', '0', '50', '0']]);
});

test('only some stages may be written', () => {
  StagedSynth.writeAll({ outdir, program: new Shop([[10, 100], [10, 20, 50]]), stages: [0, 2] });
  expect(filesOf(outdir)).toEqual(['stage-0', 'stage-2']);
});

test('the apps are made as the program wishes', () => {
  StagedSynth.writeAll({ outdir, program: new Shop([[100]]), appProps: { yamlOutputType: YamlOutputType.FILE_PER_APP, outdir: 'elsewhere' } });
  expect(filesOf(path.join(outdir, 'stage-1'))).toEqual(['app.k8s.yaml']);
});

test('the folder is that of the cdk8s command', () => {
  process.env.CDK8S_OUTDIR = outdir;
  StagedSynth.writeAll({ program: new Shop([[100]]) });
  expect(filesOf(outdir)).toEqual(['stage-0', 'stage-1']);
});

test('the stages beat the environment', () => {
  process.env.CDK8S_ISTIO_STAGE = '1';
  try {
    StagedSynth.writeAll({ outdir, program: new Shop([[100]]) });
  } finally {
    delete process.env.CDK8S_ISTIO_STAGE;
  }
  const text = fs.readFileSync(path.join(outdir, 'stage-0', 'shop-0.k8s.yaml'), 'utf-8');
  expect([...text.matchAll(/weight: (\d+)/g)].map(([, weight]) => weight)).toEqual(['100', '0', '100', '0']);
});

test('nothing is written when a stage has an error', () => {
  const program: IStagedProgram = {
    define(app) {
      const release = new CanaryRelease(new Chart(app, 'shop'), 'Reviews', { ...versions, plan: [10, 100] });
      release.node.addValidation({ validate: () => release.canaryPercent === 100 ? ['not ready'] : [] });
    },
  };
  expect(() => StagedSynth.writeAll({ outdir, program })).toThrow('[shop/Reviews] not ready');
  expect(filesOf(outdir)).toEqual([]);
});

describe('fails', () => {
  const untyped = (options: object) => () => StagedSynth.writeAll({ outdir, ...options } as StagedSynthOptions);
  test.each<[string, () => void, string]>([
    ['without a program', untyped({}), 'program must be made by a class with the method define(app), got undefined'],
    ['when the program is a function', untyped({ program: () => undefined }), 'program must be made by a class with the method define(app), got a function'],
    ['when no release is left to the stage', untyped({ program: new Shop([[100]], 1) }),
      'program must have a CanaryRelease with a plan and without a stage of its own, all stages would be the same otherwise'],
    ['when plans have different lengths', untyped({ program: new Shop([[10, 100], [100]]) }),
      'program must have plans of one length, or stages must say which are written: [shop-0/Reviews] has 2 steps, [shop-1/Reviews] has 1'],
    ['when a stage is beyond a plan', untyped({ program: new Shop([[10, 100]]), stages: [3] }),
      "[shop-0/Reviews] stage in the context value 'cdk8s-istio/stage' must be an integer from 0 to 2, got 3"],
    ['when a stage is there twice', untyped({ program: new Shop([[100]]), stages: [1, 1] }), "stages[1] '1' repeats stages[0]"],
    ['when a stage is a text', untyped({ program: new Shop([[100]]), stages: ['1'] }), "stages[0] must be an integer of at least 0, got '1'"],
    ['when there are no stages', untyped({ program: new Shop([[100]]), stages: [] }), 'stages must not be empty, leave it out instead'],
    ['when the folder is empty', untyped({ program: new Shop([[100]]), outdir: '' }), "outdir must be a string that is not empty, got ''"],
    ['when a property is misspelt', untyped({ program: new Shop([[100]]), stage: 1 }), "options has no property 'stage', known properties: program, outdir, stages, appProps"],
    ['when appProps is a list', untyped({ program: new Shop([[100]]), appProps: [] }), 'appProps must be an object, got an empty list'],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(new Error(message));
    expect(filesOf(outdir)).toEqual([]);
  });
});
