import type { IConstruct } from 'constructs';
import type { Finding } from './finding';
import { checkConstruct } from '../private/validation';

/**
 * What is wrong with the objects of an app, for a test: the same as `cdk8s synth` reports.
 *
 * @example
 * const codes = Findings.of(app).map(({ code }) => code);
 */
export class Findings {
  /**
   * The findings about the objects of a construct, in the order of the objects; empty when nothing is wrong. The whole app is looked at.
   *
   * @param scope the app, a chart or any other construct
   * @throws when it is given something else than a construct
   */
  public static of(scope: IConstruct): Finding[] {
    const { findingsOf } = require('./construct-findings') as typeof import('./construct-findings');
    return findingsOf(checkConstruct('scope', scope));
  }

  private constructor() {}
}
