import * as path from 'path';
import type { AppProps } from 'cdk8s';
import { App } from 'cdk8s';
import { CanaryRelease } from './canary-release';
import { STAGE_KEY } from './private/stages';
import { describe } from '../private/describe';
import { checkFilledList, checkGiven, checkInteger, checkMadeBy, checkObject, checkString, checkStruct, checkUnique } from '../private/validation';

/** A program that builds the same charts for every stage. */
export interface IStagedProgram {
  /**
   * Adds the charts to an app.
   *
   * @param app an app of its own for each stage, which knows the stage as a context value
   */
  define(app: App): void;
}

/** How the stages are written. */
export interface StagedSynthOptions {
  /** What builds the charts. */
  readonly program: IStagedProgram;

  /**
   * The folder in which each stage gets a folder of its own: `stage-0`, `stage-1` and so on.
   *
   * @default - the environment variable `CDK8S_OUTDIR`, or `dist`.
   */
  readonly outdir?: string;

  /**
   * The stages that are written.
   *
   * @default - all stages of the plans.
   */
  readonly stages?: number[];

  /**
   * How the apps are made, except for `outdir`.
   *
   * @default - as cdk8s makes them.
   */
  readonly appProps?: AppProps;
}

/**
 * Writes the manifests of all stages of staged releases at once, so that a pipeline, or a folder in git, only moves on from one to the next.
 *
 * @example
 * const program = {
 *   define: (stagedApp: App) => {
 *     new CanaryRelease(new Chart(stagedApp, 'shop'), 'Reviews', {
 *       service: ServiceHost.fromName('reviews', { port: 9080 }),
 *       stable: { version: 'v1' },
 *       canary: { version: 'v2' },
 *       plan: [1, 5, 25, 50, 100],
 *     });
 *   },
 * };
 * StagedSynth.writeAll({ program, outdir: 'stages' });
 */
export class StagedSynth {
  /**
   * Writes every stage into its own folder. Nothing is written when one of the stages has an error.
   *
   * @returns the folders in the order of the stages
   * @throws when no release of the program leaves its stage to the context, or the plans have different numbers of steps
   */
  public static writeAll(options: StagedSynthOptions): string[] {
    checkStruct('options', checkGiven('options', options), ['program', 'outdir', 'stages', 'appProps']);
    checkMadeBy('program', options.program, 'define', 'a class with the method define(app)');
    const outdir = checkString('outdir', options.outdir) ?? process.env.CDK8S_OUTDIR ?? 'dist';
    const chosen = checkFilledList('stages', options.stages, (item, stage) => checkInteger(item, stage, { min: 0 }));
    checkUnique('stages', (chosen ?? []).map(String));
    if (options.appProps !== undefined) {
      checkObject('appProps', options.appProps);
    }
    const stages = chosen ?? stagesOf(buildStage(options, outdir, 0));
    const apps = stages.map(stage => buildStage(options, outdir, stage));
    // all are validated before the first is written
    apps.forEach(app => app.synthYaml());
    apps.forEach(app => app.synth());
    return apps.map(app => app.outdir);
  }

  private constructor() {}
}

function buildStage({ program, appProps }: StagedSynthOptions, outdir: string, stage: number): App {
  const app = new App({ ...appProps, outdir: path.join(outdir, `stage-${stage}`) });
  app.node.setContext(STAGE_KEY, stage);
  program.define(app);
  return app;
}

function stagesOf(app: App): number[] {
  const releases = app.node.findAll().filter((construct): construct is CanaryRelease => construct instanceof CanaryRelease && construct.isStageOpen);
  if (releases.length === 0) {
    throw new Error('program must have a CanaryRelease with a plan and without a stage of its own, all stages would be the same otherwise');
  }
  const [first, ...others] = releases;
  const other = others.find(release => release.stages.length !== first.stages.length);
  if (other !== undefined) {
    throw new Error(`program must have plans of one length, or stages must say which are written: [${first.node.path}] has ${describe(first.stages.length - 1)} steps, `
      + `[${other.node.path}] has ${describe(other.stages.length - 1)}`);
  }
  return first.stages;
}
