import type { LostRoute, VirtualService } from '../../../mesh/virtual-service';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';

export const LOST_DELEGATION: Rule = {
  code: 'CI0011',
  severity: Severity.WARNING,
  title: 'A route delegates to a VirtualService that exists, has no hosts, is exported to the namespace of the root, and matches no more than the root does.',
  check: lostDelegations,
};

function* lostDelegations(context: RuleContext): Iterable<Problem> {
  for (const virtualService of context.mesh.virtualServices.all) {
    if (virtualService.resource.spec.http?.some(({ delegate }) => delegate !== undefined) === true) {
      for (const lost of virtualService.lost) {
        if (isCertain(context, virtualService, lost)) {
          yield { resource: virtualService.resource, path: `spec.http[${lost.index}].delegate`, ...reasonOf(virtualService, lost) };
        }
      }
    }
  }
}

/** Whether the namespaces of both are said, as far as it depends on them. */
function isCertain({ mesh, hasNamespace }: RuleContext, { resource }: VirtualService, { reason, index, delegate }: LostRoute): boolean {
  if (reason === 'hidden-delegate') {
    return hasNamespace(resource);
  }
  const found = mesh.virtualServices.find(delegate)?.resource ?? mesh.virtualServices.delegates.get(delegate)?.resource;
  const isSaid = hasNamespace(resource) || !!resource.spec.http?.[index].delegate?.namespace;
  return found === undefined || hasNamespace(found) === isSaid;
}

function reasonOf({ namespace }: VirtualService, { reason, delegate, delegateIndex }: LostRoute): Omit<Problem, 'resource'> {
  switch (reason) {
    case 'missing-delegate':
      return {
        message: `names '${delegate}', which no manifest defines: the route does not exist`,
        fix: 'define a VirtualService without hosts under that name',
        missing: true,
        severity: Severity.ERROR,
      };
    case 'delegate-with-hosts':
      return {
        message: `names '${delegate}', which has hosts of its own: the route does not exist`,
        fix: 'take hosts and gateways out of the delegate',
      };
    case 'hidden-delegate':
      return {
        message: `names '${delegate}', which is not exported to '${namespace}': the route does not exist`,
        fix: `add '${namespace}' to the delegate's exportTo`,
      };
    default:
      return {
        message: `loses http[${delegateIndex}] of '${delegate}': one of its matches fits no match of this route`,
        fix: 'let the delegate match longer prefixes than the root, and regular expressions on one side only',
      };
  }
}
