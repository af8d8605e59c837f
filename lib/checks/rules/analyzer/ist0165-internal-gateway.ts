import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { gatewayReferences } from './gateway-references';

export const INTERNAL_GATEWAY_REFERENCE: Rule = {
  code: 'IST0165',
  severity: Severity.WARNING,
  istioLevel: Severity.WARNING,
  title: 'A VirtualService does not name what Istio makes from a gateway of the Kubernetes Gateway API.',
  check: internalGateways,
};

function* internalGateways(context: RuleContext): Iterable<Problem> {
  for (const { resource, path, reference, isInternal } of gatewayReferences(context)) {
    if (isInternal) {
      yield {
        resource,
        path,
        message: `names '${reference}', which Istio makes from a gateway of the Kubernetes Gateway API and may name otherwise in another release`,
        fix: 'use an HTTPRoute with that gateway, or a Gateway of networking.istio.io',
      };
    }
  }
}
