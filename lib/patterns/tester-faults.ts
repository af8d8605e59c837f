import { Construct } from 'constructs';
import type { Audience } from './audience';
import type { FaultInjection } from '../fault-injection';
import type { HttpMatch } from '../http-route';
import type { HttpTargetConfig, IHttpTarget } from '../http-target';
import { at, made } from './private/at';
import { checkAudiences } from './private/audiences';
import { uniteMatches } from './private/match-sets';
import { Release } from './release';
import { targetConfigOf } from '../private/answers';
import { checkGiven, checkMadeBy, checkStruct } from '../private/validation';
import type { VirtualService } from '../virtual-service';

/** What faults for testers are made from. */
export interface TesterFaultsProps {
  /** The virtual service whose requests get the faults. */
  readonly virtualService: VirtualService;

  /** Who gets the faults; whoever belongs to one of the audiences. */
  readonly testers: Audience[];

  /** Where the testers' requests go when no fault stops them: an action, or a release, which may be that of `virtualService`. */
  readonly target: IHttpTarget;

  /** The faults. */
  readonly fault: FaultInjection;
}

/**
 * Faults that only testers meet: a route in front of all others. Faults for everybody are an option of the action:
 * `HttpAction.forward(host, { fault })`.
 *
 * @example
 * const ratings = ServiceHost.fromName('ratings');
 * const routes = new VirtualService(chart, 'Ratings', {
 *   services: [ratings],
 *   defaultRoute: { action: HttpAction.forward(ratings) },
 * });
 * new TesterFaults(chart, 'SlowRatings', {
 *   virtualService: routes,
 *   testers: [Audience.header('x-tester', HeaderMatch.present())],
 *   target: HttpAction.forward(ratings),
 *   fault: { delay: { fixedDelay: Duration.seconds(7), percent: 100 } },
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPFaultInjection
 */
export class TesterFaults extends Construct {
  constructor(scope: Construct, id: string, props: TesterFaultsProps) {
    super(scope, id);
    checkStruct(at(this, 'props'), checkGiven(at(this, 'props'), props), ['virtualService', 'testers', 'target', 'fault']);
    checkMadeBy(at(this, 'virtualService'), props.virtualService, 'prependHttpRoute', 'new VirtualService()');
    checkMadeBy(at(this, 'target'), props.target, 'toHttpTargetConfig', 'HttpAction, or a release');
    checkGiven(at(this, 'fault'), props.fault);
    checkGiven(at(this, 'testers'), props.testers);
    const testers = checkAudiences(at(this, ''), 'testers', props.testers).map(({ audience }) => audience._toMatch());
    const { routes } = ownRoutes(props) ?? targetConfigOf(at(this, 'target'), props.target);
    // the last one in front comes to stand first
    [...routes].reverse().forEach(({ name, matches, action }) => props.virtualService.prependHttpRoute({
      name: [this.node.id.toLowerCase(), name].filter(part => part !== undefined).join('-'),
      matches: unite(testers, matches),
      action: made(at(this, ''), () => action.withOptions({ fault: props.fault })),
    }));
  }
}

/** The routes of a release in its own virtual service. As a target it would give them up. */
function ownRoutes({ target, virtualService }: TesterFaultsProps): HttpTargetConfig | undefined {
  return target instanceof Release ? target._ownRoutes(virtualService) : undefined;
}

function unite(testers: readonly HttpMatch[], matches: readonly HttpMatch[] | undefined): HttpMatch[] {
  return matches === undefined ? [...testers] : testers.flatMap(tester => matches.map(match => uniteMatches(match, tester)));
}
