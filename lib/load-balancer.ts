import type { Duration } from 'cdk8s';
import type { HashAlgorithm, HashKey } from './hash-key';
import type { LocalityLoadBalancing } from './locality';
import { renderLocality, renderWarmup } from './private/render-load-balancer';
import { checkFilledStruct, checkMadeBy, checkStruct } from './private/validation';
import type { Wire } from './private/wire';
import type { DestinationRuleSpecTrafficPolicyLoadBalancer } from '../imports/networking.istio.io';

type LoadBalancerSpec = Wire<DestinationRuleSpecTrafficPolicyLoadBalancer>;

/**
 * How a new endpoint's share of the traffic grows.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#WarmupConfiguration
 */
export interface Warmup {
  /** How long it takes until the endpoint has its full share, at least 1 ms. */
  readonly duration: Duration;

  /**
   * The percentage of its full share that the endpoint has at least, from 0 to 100.
   *
   * @default 10
   */
  readonly minimumPercent?: number;

  /**
   * How the share grows: 1 grows evenly, a greater number faster at first and slower in the end. Above 0; in Istio 1.28 at least 1.
   *
   * @default 1
   */
  readonly aggression?: number;
}

/** What can be said of every load balancer that chooses endpoints. */
export interface LoadBalancerOptions {
  /**
   * Which part the location of endpoints plays.
   *
   * @default - what the mesh's own settings say.
   */
  readonly locality?: LocalityLoadBalancing;
}

/** What can be said of the load balancers that know how busy endpoints should be. */
export interface WarmupLoadBalancerOptions extends LoadBalancerOptions {
  /**
   * How a new endpoint's share of the traffic grows.
   *
   * @default - a new endpoint has its full share at once.
   */
  readonly warmup?: Warmup;
}

/**
 * What can be said of consistent hashing.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB
 */
export interface ConsistentHashOptions extends LoadBalancerOptions {
  /**
   * How keys are mapped to endpoints.
   *
   * @default HashAlgorithm.ringHash(1024)
   */
  readonly algorithm?: HashAlgorithm;
}

/**
 * How requests and connections are spread over the endpoints of a destination.
 *
 * @example
 * const loadBalancer = LoadBalancer.consistentHash(HashKey.header('x-user'));
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings
 */
export class LoadBalancer {
  /**
   * The one of two random endpoints that has fewer requests under way.
   *
   * @throws when `locality` is not a `LocalityLoadBalancing`, or a number or duration of `warmup` is out of its range
   */
  public static leastRequest(options: WarmupLoadBalancerOptions = {}): LoadBalancer {
    return LoadBalancer.warming({ simple: 'LEAST_REQUEST' }, checkStruct('options', options, WARMUP_OPTIONS));
  }

  /**
   * One endpoint after the other. Endpoints that are slow get as much as others.
   *
   * @throws when `locality` is not a `LocalityLoadBalancing`, or a number or duration of `warmup` is out of its range
   */
  public static roundRobin(options: WarmupLoadBalancerOptions = {}): LoadBalancer {
    return LoadBalancer.warming({ simple: 'ROUND_ROBIN' }, checkStruct('options', options, WARMUP_OPTIONS));
  }

  /**
   * A random endpoint.
   *
   * @throws when `locality` is not a `LocalityLoadBalancing`, or there is a `warmup`, which a random choice does not have
   */
  public static random(options: LoadBalancerOptions = {}): LoadBalancer {
    checkStruct('options', options, ['locality']);
    return new LoadBalancer({ simple: 'RANDOM', ...renderLocality('locality', options.locality) });
  }

  /** The address that the client itself chose. There is nothing left to balance. */
  public static passthrough(): LoadBalancer {
    return new LoadBalancer({ simple: 'PASSTHROUGH' });
  }

  /**
   * The endpoint that a key of the request leads to, for sessions that shall stick to an endpoint as long as endpoints do not change.
   *
   * @throws when the key is not a `HashKey`, `algorithm` not a `HashAlgorithm`, or `locality` not a `LocalityLoadBalancing`
   */
  public static consistentHash(key: HashKey, options: ConsistentHashOptions = {}): LoadBalancer {
    checkStruct('options', options, ['locality', 'algorithm']);
    const hash = checkMadeBy('key', key, '_toHashKey', 'HashKey, such as HashKey.header(\'x-user\')')._toHashKey();
    const algorithm = options.algorithm === undefined
      ? undefined
      : checkMadeBy('algorithm', options.algorithm, '_toHashAlgorithm', 'HashAlgorithm, such as HashAlgorithm.maglev(65537)')._toHashAlgorithm();
    return new LoadBalancer({ consistentHash: { ...hash, ...algorithm }, ...renderLocality('locality', options.locality) });
  }

  /**
   * The algorithm that Istio chooses, which is least request, for when only locality or warmup shall be said.
   *
   * @throws when neither is
   */
  public static defaultAlgorithm(options: WarmupLoadBalancerOptions): LoadBalancer {
    return LoadBalancer.warming({}, checkFilledStruct('options', options, WARMUP_OPTIONS));
  }

  private static warming(algorithm: LoadBalancerSpec, options: WarmupLoadBalancerOptions): LoadBalancer {
    return new LoadBalancer({ ...algorithm, ...renderLocality('locality', options.locality), warmup: renderWarmup('warmup', options.warmup) });
  }

  private readonly spec: LoadBalancerSpec;

  private constructor(spec: LoadBalancerSpec) {
    this.spec = spec;
  }

  /** @internal */
  public _toLoadBalancer(): LoadBalancerSpec {
    return this.spec;
  }
}

const WARMUP_OPTIONS = ['locality', 'warmup'] as const;
