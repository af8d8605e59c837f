import type { Duration } from 'cdk8s';
import { describe } from './private/describe';
import { checkHeaderName } from './private/names';
import { checkFilledList, checkGiven, checkInteger, checkString, checkStruct, checkText, renderSeconds } from './private/validation';
import type { Wire } from './private/wire';
import type { DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash } from '../imports/networking.istio.io';

type ConsistentHashSpec = Wire<DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash>;

/**
 * An attribute of a cookie that the proxy makes, such as `SameSite=Strict` or `Secure`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB-HTTPCookie-Attribute
 */
export interface CookieAttribute {
  /** The name of the attribute. */
  readonly name: string;

  /**
   * The value of the attribute.
   *
   * @default - none, as `Secure` has none.
   */
  readonly value?: string;
}

/**
 * The cookie that the proxy makes for a request that has none.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB-HTTPCookie
 */
export interface GeneratedCookie {
  /** How long the client keeps the cookie, in whole seconds. Zero makes it a session cookie. */
  readonly ttl: Duration;

  /**
   * The path that the cookie is for.
   *
   * @default - none.
   */
  readonly path?: string;

  /**
   * More attributes of the cookie, each once.
   *
   * @default - none.
   */
  readonly attributes?: CookieAttribute[];
}

/**
 * What decides which endpoint gets a request, so that requests with an equal key get the same one.
 *
 * @example
 * const key = HashKey.cookie('user', { ttl: Duration.hours(1), path: '/' });
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB
 */
export class HashKey {
  /**
   * The value of a request header; `:authority`, `:path` and `:method` are possible too.
   *
   * @throws when the name is neither that of a header nor a pseudo-header of requests
   */
  public static header(name: string): HashKey {
    checkString('name', checkGiven('name', name));
    if (!PSEUDO_HEADERS.includes(name)) {
      checkHeaderName('name', name);
    }
    return new HashKey({ httpHeaderName: name });
  }

  /**
   * The value of a cookie.
   *
   * @param name the name of the cookie
   * @param generated the cookie that the proxy makes for a request that has none; left out, it makes none
   * @throws when the name is empty or has what ends a name (a space, `;` or `=`), or of the generated cookie `ttl` is not whole seconds, `path` is
   *   empty, an attribute has no name or repeats one, or a text has a `;`
   */
  public static cookie(name: string, generated?: GeneratedCookie): HashKey {
    return new HashKey({ httpCookie: { name: checkCookieName('name', checkGiven('name', name)), ...renderCookie('generated', generated) } });
  }

  /**
   * The value of a parameter of the query.
   *
   * @throws when the name is empty
   */
  public static queryParameter(name: string): HashKey {
    return new HashKey({ httpQueryParameterName: checkString('name', checkGiven('name', name)) });
  }

  /** The address that the request or connection comes from. The only key for TCP. */
  public static sourceIp(): HashKey {
    return new HashKey({ useSourceIp: true });
  }

  private readonly spec: ConsistentHashSpec;

  private constructor(spec: ConsistentHashSpec) {
    this.spec = spec;
  }

  /** @internal */
  public _toHashKey(): ConsistentHashSpec {
    return this.spec;
  }
}

/**
 * How keys are mapped to endpoints, so that most of them stay where they are when endpoints come and go.
 *
 * @example
 * const algorithm = HashAlgorithm.maglev(65537);
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB
 */
export class HashAlgorithm {
  /**
   * A ring on which each endpoint has many places.
   *
   * @param minimumRingSize the number of places, from 1 to 8388608; Istio's own default is 1024
   * @throws when the size is not an integer from 1 to 8388608, above which Envoy refuses the destination
   */
  public static ringHash(minimumRingSize: number): HashAlgorithm {
    return new HashAlgorithm({
      ringHash: { minimumRingSize: checkInteger('minimumRingSize', checkGiven('minimumRingSize', minimumRingSize), { min: 1, max: LARGEST_RING }) },
    });
  }

  /**
   * Google's Maglev: a table that is looked up faster than a ring, but moves more keys.
   *
   * @param tableSize the size of the table, a prime number below 5000011; Envoy's own default is 65537
   * @throws when the size is not a prime number, or not below 5000011
   */
  public static maglev(tableSize: number): HashAlgorithm {
    if (!Number.isInteger(checkGiven('tableSize', tableSize)) || tableSize >= TABLE_LIMIT || !isPrime(tableSize)) {
      throw new Error(`tableSize must be a prime number below ${TABLE_LIMIT}, got ${describe(tableSize)}, 65537 is a usual one`);
    }
    return new HashAlgorithm({ maglev: { tableSize } });
  }

  private readonly spec: ConsistentHashSpec;

  private constructor(spec: ConsistentHashSpec) {
    this.spec = spec;
  }

  /** @internal */
  public _toHashAlgorithm(): ConsistentHashSpec {
    return this.spec;
  }
}

const PSEUDO_HEADERS = [':authority', ':method', ':path', ':scheme'];

/** Envoy refuses the whole cluster above it. */
const LARGEST_RING = 8388608;

const TABLE_LIMIT = 5000011;

function renderCookie(property: string, cookie: GeneratedCookie | undefined): Omit<NonNullable<ConsistentHashSpec['httpCookie']>, 'name'> | undefined {
  if (cookie === undefined) {
    return undefined;
  }
  checkStruct(property, cookie, ['ttl', 'path', 'attributes']);
  const attributes = checkFilledList(`${property}.attributes`, cookie.attributes, renderAttribute);
  attributes?.forEach((attribute, index) => {
    const first = attributes.findIndex(other => other.name === attribute.name);
    if (first !== index) {
      throw new Error(`${property}.attributes[${index}] repeats the name ${describe(attribute.name)} of ${property}.attributes[${first}]`);
    }
  });
  return {
    ttl: renderSeconds(`${property}.ttl`, checkGiven(`${property}.ttl`, cookie.ttl), 0),
    path: checkCookieText(`${property}.path`, checkString(`${property}.path`, cookie.path)),
    attributes,
  };
}

function renderAttribute(property: string, attribute: CookieAttribute): CookieAttribute {
  checkStruct(property, attribute, ['name', 'value']);
  return {
    name: checkCookieName(`${property}.name`, checkGiven(`${property}.name`, attribute.name)),
    value: checkCookieText(`${property}.value`, checkText(`${property}.value`, attribute.value)),
  };
}

/** The name of a cookie or of one of its attributes. Browsers take more than the RFC allows, but not what ends a name. */
function checkCookieName(property: string, name: string): string {
  checkString(property, name);
  if (/[\s\x00-\x1f\x7f;=]/.test(name)) {
    throw new Error(`${property} must not contain spaces, control characters, ';' or '=', got ${describe(name)}`);
  }
  return name;
}

/** A text that stands behind the `=` of a cookie's attribute, where `;` would begin another one. */
function checkCookieText<T extends string | undefined>(property: string, text: T): T {
  if (text !== undefined && /[\x00-\x1f\x7f;]/.test(text)) {
    throw new Error(`${property} must not contain control characters or ';', got ${describe(text)}`);
  }
  return text;
}

/** As Envoy counts: 1 is one too. */
function isPrime(number: number): boolean {
  if (number < 1 || (number > 3 && number % 2 === 0)) {
    return false;
  }
  for (let factor = 3; factor * factor <= number; factor += 2) {
    if (number % factor === 0) {
      return false;
    }
  }
  return true;
}
