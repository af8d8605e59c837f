import { Construct } from 'constructs';
import { toHundredths } from './percents';
import { describe } from '../../private/describe';
import { checkFilledList, checkInteger } from '../../private/validation';

/** The key of the context value that is the stage of all staged releases which have none of their own. */
export const STAGE_KEY = 'cdk8s-istio/stage';

const STAGE_VARIABLE = 'CDK8S_ISTIO_STAGE';

/** The steps of a plan in hundredths of a percent: each greater than the one before. */
export function takePlan(property: string, plan: readonly number[] | undefined): number[] | undefined {
  const steps = checkFilledList(property, plan, toHundredths);
  steps?.forEach((step, index) => {
    if (step <= (index === 0 ? 0 : steps[index - 1])) {
      const limit = index === 0 ? '0, stage 0 is there without a step' : `the step before it, ${steps[index - 1] / 100}`;
      throw new Error(`${property}[${index}] must be greater than ${limit}, got ${step / 100}`);
    }
  });
  return steps;
}

/** The stage that the program, the context or the environment chooses, and whether it is left to one of the latter two. */
export function chooseStage(construct: Construct, stage: number | undefined, last: number): { readonly stage: number; readonly isOpen: boolean } {
  const path = `[${construct.node.path}] `;
  if (stage !== undefined) {
    return { stage: checkInteger(`${path}stage`, stage, { min: 0, max: last }), isOpen: false };
  }
  for (const key of [`${STAGE_KEY}/${construct.node.path}`, `${STAGE_KEY}/${construct.node.id}`, STAGE_KEY]) {
    const chosen = construct.node.tryGetContext(key);
    if (chosen !== undefined) {
      return { stage: parseStage(`${path}stage in the context value ${describe(key)}`, chosen, last), isOpen: true };
    }
  }
  const variable = process.env[STAGE_VARIABLE];
  return { stage: variable === undefined ? 0 : parseStage(`${path}stage in the environment variable ${STAGE_VARIABLE}`, variable, last), isOpen: true };
}

/** Contexts and environments are written by hand, often as text. */
function parseStage(property: string, chosen: unknown, last: number): number {
  const stage = typeof chosen === 'string' && /^\d{1,9}$/.test(chosen) ? Number(chosen) : chosen;
  return checkInteger(property, stage as number, { min: 0, max: last });
}
