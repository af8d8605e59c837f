import type { TrafficPolicy } from '../../../mesh/specs';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { PlacedPolicy, allPolicies } from '../shared/traffic-policies';

export const REPLACED_POLICY: Rule = {
  code: 'CI0024',
  severity: Severity.WARNING,
  title: 'Settings of a port or a subset repeat what they need of the wider policy, which they replace.',
  check: replacedPolicies,
};

const PORT_PARTS = ['tls', 'connectionPool', 'outlierDetection', 'loadBalancer'] as const;

function* replacedPolicies({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of allPolicies(mesh)) {
    const lost = placed.inherits === undefined ? lostOfPort(placed) : lostOfSubset(placed, placed.inherits);
    if (lost.length > 0) {
      const isTls = lost.includes('tls');
      yield {
        resource: placed.resource,
        path: `spec.${placed.path}`,
        message: `replaces the wider policy, so that its ${lost.join(', ')} ${lost.length === 1 ? 'does' : 'do'} not hold here`,
        fix: isTls ? 'repeat tls, or say mode DISABLE if there shall be none' : 'repeat what shall hold here too',
        severity: isTls ? undefined : Severity.INFO,
      };
    }
  }
}

function lostOfPort({ policy, instead, port }: PlacedPolicy): readonly string[] {
  return port === undefined ? [] : PORT_PARTS.filter(part => policy[part] === undefined && instead.some(wider => isSet(wider, part)));
}

/** A subset overrides whole parts: what a part of it leaves out is not taken from the wider one. */
function lostOfSubset({ policy }: PlacedPolicy, wider: TrafficPolicy): readonly string[] {
  const own = policy.connectionPool;
  return own === undefined ? [] : (['tcp', 'http'] as const)
    .filter(part => own[part] === undefined && wider.connectionPool?.[part] !== undefined)
    .map(part => `connectionPool.${part}`);
}

function isSet(policy: TrafficPolicy, part: typeof PORT_PARTS[number]): boolean {
  return part === 'tls' ? policy.tls?.mode !== undefined && policy.tls.mode !== 'DISABLE' : policy[part] !== undefined;
}
