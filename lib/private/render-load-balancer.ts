import { checkGiven, checkMadeBy, checkNumber, checkPercent, checkStruct, fail, renderDuration } from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicyLoadBalancer } from '../../imports/networking.istio.io';
import type { Warmup } from '../load-balancer';
import type { LocalityLoadBalancing } from '../locality';

type LoadBalancerSpec = Wire<DestinationRuleSpecTrafficPolicyLoadBalancer>;

export function renderWarmup(property: string, warmup: Warmup | undefined): LoadBalancerSpec['warmup'] {
  if (warmup === undefined) {
    return undefined;
  }
  checkStruct(property, warmup, ['duration', 'minimumPercent', 'aggression']);
  const aggression = checkNumber(`${property}.aggression`, warmup.aggression);
  if (aggression !== undefined && aggression <= 0) {
    fail(`${property}.aggression`, 'a number above 0', aggression);
  }
  return {
    duration: renderDuration(`${property}.duration`, checkGiven(`${property}.duration`, warmup.duration)),
    minimumPercent: checkPercent(`${property}.minimumPercent`, warmup.minimumPercent),
    aggression,
  };
}

export function renderLocality(property: string, locality: LocalityLoadBalancing | undefined): LoadBalancerSpec {
  return locality === undefined
    ? {}
    : checkMadeBy(property, locality, '_toLocality', 'LocalityLoadBalancing, such as LocalityLoadBalancing.enabled()')._toLocality();
}
