import type { IConstruct } from 'constructs';
import { describe } from '../private/describe';
import { checkConstruct } from '../private/validation';

/** The codes of Istio, Kiali and this library. */
const CODE = /^(IST\d{4}(\/[A-Za-z0-9-]+)?|KIA\d{4}|CI\d{4})$/;

/**
 * What the checks that run at `cdk8s synth` are told about a construct.
 *
 * @example
 * const routes = new VirtualService(chart, 'Routes', { hosts: ['a.example.com', 'b.example.com'] });
 * Checks.of(routes).suppress('IST0132', 'the second host is served by a gateway of another team');
 *
 * @see https://istio.io/latest/docs/ops/diagnostic-tools/istioctl-analyze/
 */
export class Checks {
  /**
   * The checks of a construct and of everything in it.
   *
   * @throws when it is given something else than a construct
   */
  public static of(construct: IConstruct): Checks {
    return new Checks(checkConstruct('construct', construct));
  }

  private constructor(private readonly construct: IConstruct) {}

  /**
   * Keeps one finding quiet on all objects of the construct, those that are added later included.
   *
   * The objects carry the code and the reason as an annotation, and Istio's or Kiali's own annotation where
   * the code is theirs. A suppression that nothing needs is reported.
   *
   * @param code the code of the finding, such as `IST0132`, `IST0106/VS14`, `KIA1104` or `CI0004`
   * @param reason why the finding is of no concern here, in one line
   * @throws when the code is not one of Istio, Kiali or this library, or the reason is empty or of several lines
   */
  public suppress(code: string, reason: string): void {
    const place = `[${this.construct.node.path}] `;
    if (typeof code !== 'string' || !CODE.test(code)) {
      throw new Error(`${place}code must be that of a finding, such as 'IST0132', 'IST0106/VS14', 'KIA1104' or 'CI0004', got ${describe(code)}`);
    }
    const text = typeof reason === 'string' ? reason.trim() : '';
    if (text === '' || /[\r\n]/.test(text)) {
      throw new Error(`${place}reason must say in one line why ${code} is of no concern here, got ${describe(reason)}`);
    }
    const { addSuppression } = require('./construct-suppressions') as typeof import('./construct-suppressions');
    addSuppression(this.construct, { code, reason: text });
  }
}
