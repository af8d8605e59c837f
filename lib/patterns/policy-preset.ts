import type { Duration } from 'cdk8s';
import type { HashAlgorithm, HashKey } from '../hash-key';
import { LocalityLoadBalancing, RegionFailover } from '../locality';
import type { OutlierDetection } from '../outlier-detection';
import { Answers, answersOf, combineAnswers, policyOf } from './private/policy-answers';
import { checkGiven, checkList, checkMadeBy, checkPort, checkStruct } from '../private/validation';
import type { TrafficPolicy } from '../traffic-policy';

/** When an endpoint gets a pause because it fails. */
export interface CircuitBreakerOptions {
  /**
   * How many 5xx answers in a row, broken connections included, are too many; an integer of at least 0, where 0 turns the count off.
   *
   * @default 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * The time between two looks at the counts, at least 1 ms.
   *
   * @default - 10 seconds, as Istio does.
   */
  readonly interval?: Duration;

  /**
   * The shortest pause, which grows each time that the endpoint fails again; at least 1 ms.
   *
   * @default - 30 seconds, as Istio does.
   */
  readonly baseEjectionTime?: Duration;

  /**
   * The largest share of endpoints that pause at a time, from 0 to 100. Istio's own default is 10.
   *
   * @default 50
   */
  readonly maxEjectionPercent?: number;
}

/** How endpoints are chosen for a key. */
export interface StickySessionOptions {
  /**
   * How keys are dealt to endpoints.
   *
   * @default - a ring hash with at least 1024 virtual nodes, as Istio does.
   */
  readonly algorithm?: HashAlgorithm;
}

/** How much may be under way to a host from each proxy. */
export interface ConnectionLimitOptions {
  /**
   * The largest number of TCP connections (HTTP/1.1 and TCP).
   *
   * @default - no limit.
   */
  readonly maxConnections?: number;

  /**
   * The time to make a TCP connection, at least 1 ms.
   *
   * @default - 10 seconds, as Istio does.
   */
  readonly connectTimeout?: Duration;

  /**
   * The largest number of requests that wait for a connection.
   *
   * @default - no limit.
   */
  readonly maxPendingRequests?: number;

  /**
   * The largest number of requests that are under way.
   *
   * @default - no limit.
   */
  readonly maxRequests?: number;

  /**
   * The largest number of requests on one connection.
   *
   * @default - no limit.
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * The largest number of retries that are under way.
   *
   * @default - no limit.
   */
  readonly maxRetries?: number;
}

/**
 * A part of a traffic policy that answers one question. Several are combined to one policy: a host has one
 * DestinationRule, and of two policies Istio keeps only the first.
 *
 * @example
 * new DestinationRule(chart, 'Ratings', {
 *   host: ServiceHost.fromName('ratings'),
 *   trafficPolicy: PolicyPreset.combine([
 *     PolicyPreset.circuitBreaker(),
 *     PolicyPreset.stickySession(HashKey.cookie('session')),
 *     PolicyPreset.connectionLimits({ maxConnections: 100 }),
 *   ]),
 * });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy
 */
export class PolicyPreset {
  /**
   * Endpoints that fail get a pause.
   *
   * @throws when there is an option that a circuit breaker does not have. Numbers and durations are checked by the rule that takes the policy
   */
  public static circuitBreaker(options: CircuitBreakerOptions = {}): PolicyPreset {
    checkStruct('options', options, ['consecutive5xxErrors', 'interval', 'baseEjectionTime', 'maxEjectionPercent']);
    return new PolicyPreset(answersOf('circuitBreaker', { outlierDetection: { ...BREAKER, ...options } }));
  }

  /**
   * Requests with the same key go to the same endpoint, as long as the endpoints do not change.
   *
   * @throws when the key is not a `HashKey`
   */
  public static stickySession(key: HashKey, options: StickySessionOptions = {}): PolicyPreset {
    checkStruct('options', options, ['algorithm']);
    checkMadeBy('key', key, '_toHashKey', 'HashKey, such as HashKey.cookie(\'session\')');
    return new PolicyPreset([{ source: 'stickySession', question: 'loadBalancer.algorithm', answer: { key, algorithm: options.algorithm } }]);
  }

  /**
   * When all endpoints of the own region fail, those of the named one take over. Brings a circuit breaker, without which Istio
   * does not notice failures; another preset's answers about it win.
   *
   * @throws when there is no failover, a region repeats as `from`, fails over to itself, or has a zone or wildcard
   */
  public static localityFailover(failovers: RegionFailover[]): PolicyPreset {
    return PolicyPreset.locality('localityFailover', LocalityLoadBalancing.failover(failovers));
  }

  /**
   * Endpoints whose labels equal those of the client are preferred, in the order of the labels. Brings a circuit breaker, as `localityFailover` does.
   *
   * @param labels names of labels, such as `topology.kubernetes.io/zone`
   * @throws when there are no labels, one is neither `key` nor `key=value`, or a key repeats
   */
  public static localityPriority(labels: string[]): PolicyPreset {
    return PolicyPreset.locality('localityPriority', LocalityLoadBalancing.failoverPriority(labels));
  }

  /**
   * What may be under way to the host is limited.
   *
   * @throws when there is no limit among the options
   */
  public static connectionLimits(options: ConnectionLimitOptions): PolicyPreset {
    checkStruct('options', checkGiven('options', options), [
      'maxConnections', 'connectTimeout', 'maxPendingRequests', 'maxRequests', 'maxRequestsPerConnection', 'maxRetries',
    ]);
    const { maxConnections, connectTimeout, maxPendingRequests, maxRequests, maxRequestsPerConnection, maxRetries } = options;
    const answers = answersOf('connectionLimits', {
      connectionPool: {
        tcp: { maxConnections, connectTimeout },
        http: { http1MaxPendingRequests: maxPendingRequests, http2MaxRequests: maxRequests, maxRequestsPerConnection, maxRetries },
      },
    });
    if (answers.length === 0) {
      throw new Error('options must have a limit, such as maxConnections');
    }
    return new PolicyPreset(answers);
  }

  /**
   * A policy of your own, such as its `tls`, to combine with presets.
   *
   * @throws when the policy has a part that presets cannot combine, such as `portLevelSettings`, for which there is `onPort()`
   */
  public static of(policy: TrafficPolicy): PolicyPreset {
    checkStruct('policy', checkGiven('policy', policy), ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls', 'transport', 'retryBudget']);
    return new PolicyPreset(answersOf('of', policy));
  }

  /**
   * Presets that hold for one port of the host. Istio puts the policy of a port in the place of the whole host's policy, and does not inherit from it;
   * `combine` therefore repeats for the port what is said of the whole host, save where the port says it differently.
   *
   * @param port from 1 to 65535
   * @throws when the port is not an integer from 1 to 65535, or a preset names ports itself, says what Istio takes for the whole host only, or
   *   contradicts another one
   */
  public static onPort(port: number, presets: PolicyPreset[]): PolicyPreset {
    const checked = checkPort('port', checkGiven('port', port));
    const parts = checkList('presets', presets, checkPreset);
    const nested = parts.flatMap(({ ports }) => [...ports.keys()]);
    if (nested.length > 0) {
      throw new Error(`presets must not name ports themselves, got port ${nested[0]}`);
    }
    const answers = combineAnswers(parts.map(part => part.answers));
    const whole = answers.find(({ question }) => question === 'transport' || question === 'retryBudget');
    if (whole !== undefined) {
      throw new Error(`presets must not say ${whole.question}, which Istio takes for the whole host only`);
    }
    return new PolicyPreset([], new Map([[checked, answers]]), combineAnswers(parts.map(part => part.fallbacks)));
  }

  /**
   * One policy of several presets.
   *
   * @throws when two presets give different answers to one question
   */
  public static combine(presets: PolicyPreset[]): TrafficPolicy {
    const parts = checkList('presets', presets, checkPreset);
    const answers = withFallbacks(combineAnswers(parts.map(part => part.answers)), parts.filter(part => part.ports.size === 0));
    const ports = [...new Set(parts.flatMap(part => [...part.ports.keys()]))];
    const portLevelSettings = ports.map(port => {
      const ofPort = parts.filter(part => part.ports.has(port));
      const own = combineAnswers(ofPort.map(part => part.ports.get(port)!));
      const inherited = answers.filter(({ question }) => question !== 'transport' && question !== 'retryBudget' && !own.some(other => other.question === question));
      return { port, ...policyOf(withFallbacks([...inherited, ...own], ofPort)) };
    });
    return { ...policyOf(answers), portLevelSettings: portLevelSettings.length === 0 ? undefined : portLevelSettings };
  }

  private static locality(source: string, locality: LocalityLoadBalancing): PolicyPreset {
    return new PolicyPreset([{ source, question: 'loadBalancer.locality', answer: locality }], new Map(), answersOf(source, { outlierDetection: BREAKER }));
  }

  private readonly answers: Answers;
  private readonly ports: ReadonlyMap<number, Answers>;
  private readonly fallbacks: Answers;

  private constructor(answers: Answers, ports: ReadonlyMap<number, Answers> = new Map(), fallbacks: Answers = []) {
    this.answers = answers;
    this.ports = ports;
    this.fallbacks = fallbacks;
  }

  /** @internal */
  public _fallbacks(): Answers {
    return this.fallbacks;
  }
}

/** The opinions of the circuit breaker: Istio's own count, and half of the endpoints instead of a tenth, which is none of few. */
const BREAKER: OutlierDetection = { consecutive5xxErrors: 5, maxEjectionPercent: 50 };

function checkPreset(property: string, preset: PolicyPreset): PolicyPreset {
  return checkMadeBy(property, preset, '_fallbacks', 'PolicyPreset, such as PolicyPreset.circuitBreaker()');
}

/** What presets bring along, unless somebody says it: an own circuit breaker is kept whole. */
function withFallbacks(answers: Answers, parts: readonly PolicyPreset[]): Answers {
  const own = answers.some(({ question }) => question.startsWith('outlierDetection.'));
  return own ? answers : [...answers, ...combineAnswers(parts.map(part => part._fallbacks()))];
}
