import type { HttpRule } from '../../../mesh/specs';
import type { Report } from '../finding';
import { checkCorsPolicy } from './cors';
import { checkDestination, checkWeights } from './destination';
import { checkDirectResponse } from './direct-response';
import { checkFault } from './fault';
import { checkAuthority, checkHeaders } from './headers';
import { checkHttpMatches } from './http-match';
import { checkMirrors } from './mirrors';
import { checkRedirect } from './redirect';
import { checkRetries } from './retries';
import { checkRewrite } from './rewrite';
import type { RouteContext } from './virtual-service';
import { checkDuration } from '../primitives/durations';

export function checkHttpRoute(report: Report, route: HttpRule, context: RouteContext): void {
  checkAction(report, route, context);
  checkHttpMatches(report, route.match);
  checkHeaders(report, route.headers);
  checkCorsPolicy(report, route.corsPolicy);
  checkFault(report, route.fault);
  checkMirrors(report, route);
  checkDestination(report, 'mirror', route.mirror);
  checkRedirect(report, route.redirect, route.match);
  checkDirectResponse(report, route.directResponse);
  checkRetries(report, route.retries);
  checkRewrite(report, route.rewrite);
  checkAuthority(report, route);
  if (route.route !== undefined) {
    checkWeights(report, route.route, context);
    route.route.forEach((share, index) => {
      const mark = report.mark;
      checkHeaders(report, share.headers);
      report.underItem(mark, 'route', index);
    });
  }
  checkDuration(report, 'VS29', '.timeout', route.timeout);
}

/** A route does one thing: it forwards, redirects, responds, or leaves it to a delegate. */
function checkAction(report: Report, route: HttpRule, context: RouteContext): void {
  if (route.delegate !== undefined) {
    if (!context.isDelegate) {
      return checkDelegating(report, route);
    }
    report.error('VS10', '.delegate', 'must not be given in a VirtualService without hosts, which is a delegate itself');
  }
  if (route.redirect !== undefined) {
    exclude(report, 'VS11', route, 'redirect', ['route', 'fault', 'rewrite', 'directResponse']);
  } else if (route.directResponse !== undefined) {
    exclude(report, 'VS12', route, 'directResponse', ['route', 'fault', 'rewrite']);
  } else if (route.route === undefined) {
    report.error('VS13', '.route', 'must have a destination, or the route a redirect, directResponse or delegate');
  }
  if (route.mirror !== undefined && route.mirrors !== undefined) {
    report.error('VS14', '.mirror', 'must not be given with mirrors', { fix: 'make it an item of mirrors' });
  }
}

function checkDelegating(report: Report, route: HttpRule): void {
  for (const field of ['redirect', 'route'] as const) {
    if (route[field] !== undefined) {
      report.error('VS9', `.${field}`, 'must not be given with delegate', { fix: "leave it to the delegate's routes" });
    }
  }
}

function exclude(report: Report, rule: string, route: HttpRule, action: string, others: readonly (keyof HttpRule)[]): void {
  for (const field of others) {
    if (route[field] !== undefined) {
      report.error(rule, `.${field}`, `must not be given with ${action}`);
    }
  }
}
