import { Severity } from '../../finding';
import { parseDuration } from '../../schema/duration';
import type { Problem, Rule, RuleContext } from '../rule';
import { placedRoutes } from '../shared/placed-routes';

export const RETRIES_BEYOND_TIMEOUT: Rule = {
  code: 'CI0008',
  severity: Severity.WARNING,
  title: 'The timeout of a route leaves time for at least one retry after a try that took as long as it may.',
  check: retriesBeyondTimeouts,
};

function* retriesBeyondTimeouts({ mesh }: RuleContext): Iterable<Problem> {
  for (const placed of placedRoutes(mesh).httpWith('retries')) {
    const { resource, rule: { timeout, retries } } = placed;
    if (timeout === undefined || retries?.perTryTimeout === undefined || (retries.attempts ?? 0) < 1) {
      continue;
    }
    const [whole, each] = [timeout, retries.perTryTimeout].map(text => Number(parseDuration(text) ?? 0));
    if (whole > 0 && each * 2 > whole) {
      yield {
        resource,
        path: `${placed.path}.retries.perTryTimeout`,
        message: `leaves no time for a retry: two tries may take ${retries.perTryTimeout} each, the whole request ${timeout}`,
        fix: 'make it at most half of the timeout, or make the timeout longer',
      };
    }
  }
}
