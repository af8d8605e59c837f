import { describe } from '../../../private/describe';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';
import { got } from '../got';
import { isDnsLabel, isDomainName } from './dns';

export interface ReferenceOptions {
  /** Warnings about the old way to write a reference get lost in Istio. */
  readonly withoutWarnings?: boolean;
  /** The route stands for one of the Kubernetes Gateway API, whose names are less strict. */
  readonly anyName?: boolean;
}

/** References to gateways: `namespace/name`, `name`, or `mesh`. Istio looks at none after the first without a slash. */
export function checkGatewayReferences(
  report: Report, rule: string, references: readonly string[] | undefined, options: ReferenceOptions = {},
): void {
  if (references === undefined) {
    return;
  }
  for (let index = 0; index < references.length; index++) {
    const reference = references[index];
    const path = `.gateways${indexStep(index)}`;
    const slash = reference.indexOf('/');
    if (slash < 0) {
      return checkShortReference(report, rule, path, reference, options);
    }
    const namespace = reference.slice(0, slash);
    const name = reference.slice(slash + 1);
    if (!isDnsLabel(namespace) || name === '' || (!isDnsLabel(name) && options.anyName !== true)) {
      const fix = namespace === '.' ? `write ${describe(name)} for a gateway of the same namespace` : undefined;
      report.error(rule, path, `must be a namespace and the name of a Gateway, as in 'istio-system/public'${got(reference)}`, { value: reference, fix });
    }
  }
}

function checkShortReference(report: Report, rule: string, path: string, reference: string, options: ReferenceOptions): void {
  if (reference.includes('.') && options.withoutWarnings !== true) {
    const [name, namespace] = reference.split('.', 2);
    report.warn(rule, path, `names a gateway in the old way${got(reference)}`, { value: reference, fix: `write ${describe(`${namespace}/${name}`)}` });
  }
  if (!isDomainName(reference)) {
    report.error(rule, path, `must be the name of a Gateway, with its namespace as in 'istio-system/public', or 'mesh'${got(reference)}`, { value: reference });
  }
}
