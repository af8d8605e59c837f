import { addressOf, fullName, lookUp } from './client-address';
import { Arrival, decide, Decision } from './decision';
import { EveryRequest } from './every-request';
import { drawOf, readHeaders, ReadUrl, readUrl } from './request-text';
import { TrafficAnswer } from './traffic-answer';
import type { TrafficClient } from './traffic-client';
import type { World, Worlds } from './world';
import { describe } from '../private/describe';
import { checkGiven, checkList, checkNumber, checkPort, checkString, checkStruct } from '../private/validation';

/** What a request says beside its URL. */
export interface RequestOptions {
  /**
   * Headers by name, one line each.
   *
   * @default - none.
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * Headers that are sent on several lines.
   *
   * @default - none.
   */
  readonly repeatedHeaders?: { readonly [name: string]: string[] };

  /**
   * Cookies by name, sent as one header.
   *
   * @default - none.
   */
  readonly cookies?: { readonly [name: string]: string };

  /**
   * The `Host`, where it is not that of the URL.
   *
   * @default - the host of the URL, with its port where it is not that of the scheme.
   */
  readonly authority?: string;

  /**
   * Draws one of several destinations: from 0 to below 100. With shares of 90 and 10 percent, 89 falls on the first and 90 on the second.
   *
   * @default - the answer is the whole distribution.
   */
  readonly draw?: number;

  /**
   * Draws one of several destinations by a text: the same text always falls on the same, different ones as the shares say.
   *
   * @default - the answer is the whole distribution.
   */
  readonly seed?: string;
}

/** A request. */
export interface TrafficRequest extends RequestOptions {
  /** The address, such as `http://reviews:9080/api?page=2`. */
  readonly url: string;

  /**
   * The method.
   *
   * @default 'GET'
   */
  readonly method?: string;
}

/** What a TLS connection says beside the server name. */
export interface TlsConnectionOptions {
  /**
   * The port that the client connects to.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * The host or address that the client connects to.
   *
   * @default - that of the server name.
   */
  readonly address?: string;

  /**
   * The protocols that the client offers by ALPN.
   *
   * @default - none.
   */
  readonly alpn?: string[];

  /**
   * Draws one of several destinations: from 0 to below 100.
   *
   * @default - the answer is the whole distribution.
   */
  readonly draw?: number;
}

/** Which requests are meant. */
export interface EveryRequestOptions {
  /**
   * The method.
   *
   * @default - any.
   */
  readonly method?: string;

  /**
   * Headers that all of them have, with one line that says exactly this.
   *
   * @default - any.
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * Headers that none of them has.
   *
   * @default - any.
   */
  readonly withoutHeaders?: string[];
}

const OPTIONS: (keyof RequestOptions)[] = ['headers', 'repeatedHeaders', 'cookies', 'authority', 'draw', 'seed'];

/** What a URL leads to. */
interface Target {
  readonly url: ReadUrl;
  readonly port: number;
  readonly world: World;
  readonly address?: string;
  readonly sni?: string;
}

const CACHE_SIZE = 100_000;

/** A client that asks. Made by `Traffic.from()`. */
export class TrafficSource {
  /** @internal */
  public static _of(worlds: Worlds, client: TrafficClient): TrafficSource {
    return new TrafficSource(worlds, client);
  }

  private readonly worlds: Worlds;
  private readonly client: TrafficClient;
  private readonly targets = new Map<string, Target>();

  private constructor(worlds: Worlds, client: TrafficClient) {
    this.worlds = worlds;
    this.client = client;
  }

  /**
   * Asks what becomes of a GET request.
   *
   * @param url such as `http://reviews:9080/api?page=2`
   * @throws when no client could send such a request
   */
  public get(url: string, options: RequestOptions = {}): TrafficAnswer {
    checkStruct('options', options, OPTIONS);
    return this.ask('GET', url, options);
  }

  /**
   * Asks what becomes of a request.
   *
   * @throws when no client could send such a request
   */
  public request(request: TrafficRequest): TrafficAnswer {
    checkStruct('request', request, [...OPTIONS, 'url', 'method']);
    const method = request.method ?? 'GET';
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) {
      throw new Error(`method must be a word such as 'POST', got ${describe(method)}`);
    }
    return this.ask(method, checkGiven('url', request.url), request);
  }

  /**
   * All requests whose URL begins like this, as far as the options do not limit them.
   *
   * @param url such as `http://reviews:9080` for all of a host, or `http://reviews:9080/api` for all whose path begins with `/api`
   * @throws when no client could send such requests, or the proxy does not see requests there
   */
  public everyRequestTo(url: string, options: EveryRequestOptions = {}): EveryRequest {
    checkStruct('options', options, ['method', 'headers', 'withoutHeaders']);
    const { headers, method, withoutHeaders = [] } = options;
    const { isTls, authority, target } = readUrl(url);
    if (target.includes('?')) {
      throw new Error(`url must have no query, every request may have another one, got ${describe(url)}`);
    }
    const example = this.decide(method ?? 'GET', url, { headers });
    if (example.connection !== undefined) {
      throw new Error(`the proxy does not see requests to ${url}\n\n${TrafficAnswer._of(example).toText()}`);
    }
    return EveryRequest._of(example, {
      authority,
      scheme: this.client._gateway === undefined ? undefined : isTls ? 'https' : 'http',
      pathPrefix: target,
      method,
      headers: new Map(readHeaders({ headers }).map(([name, text]) => [name.toLowerCase(), text])),
      absent: new Set(checkList('withoutHeaders', withoutHeaders, checkString).map(name => name.toLowerCase())),
    });
  }

  /**
   * Asks what becomes of a TLS connection whose content is not known, as a sidecar sees it that does not speak TLS itself.
   *
   * @param serverName the name that the client asks for (SNI)
   * @throws when no client could open such a connection
   */
  public tls(serverName: string, options: TlsConnectionOptions = {}): TrafficAnswer {
    checkStruct('options', options, ['port', 'address', 'alpn', 'draw']);
    checkString('serverName', checkGiven('serverName', serverName));
    return this.connect(options.address ?? serverName, checkPort('port', options.port) ?? 443, {
      tls: true, sni: serverName, alpn: options.alpn, draw: checkDraw(options.draw, undefined),
    });
  }

  /**
   * Asks what becomes of a connection that is neither http nor TLS.
   *
   * @param address the host or address that the client connects to
   * @param port the port that it connects to
   * @throws when no client could open such a connection
   */
  public tcp(address: string, port: number): TrafficAnswer {
    checkString('address', checkGiven('address', address));
    return this.connect(address, checkPort('port', checkGiven('port', port)), { tls: false });
  }

  private ask(method: string, text: string, options: RequestOptions): TrafficAnswer {
    return TrafficAnswer._of(this.decide(method, text, options));
  }

  private decide(method: string, text: string, options: RequestOptions): Decision {
    const { world, url, port, address, sni } = this.target(text);
    return decide(this.worlds, world, this.client, {
      port,
      address,
      tls: url.isTls,
      sni,
      draw: checkDraw(options.draw, options.seed),
      http: { method, authority: options.authority ?? url.authority, target: url.target, headers: readHeaders(options) },
    });
  }

  /** What a URL leads to, which is the same for all requests. */
  private target(text: string): Target {
    const known = this.targets.get(text);
    if (known !== undefined) {
      return known;
    }
    const url = readUrl(text);
    const port = this.client._port ?? url.port;
    const world = this.worldFor(url.host, port);
    const target = { url, port, world, address: this.addressOf(world, url.host), sni: url.isTls ? url.host : undefined };
    if (this.targets.size >= CACHE_SIZE) {
      this.targets.clear();
    }
    this.targets.set(text, target);
    return target;
  }

  private connect(host: string, asked: number, rest: Pick<Arrival, 'tls' | 'sni' | 'alpn' | 'draw'>): TrafficAnswer {
    const port = this.client._port ?? asked;
    const world = this.worldFor(host, port);
    return TrafficAnswer._of(decide(this.worlds, world, this.client, { port, address: this.addressOf(world, host), ...rest }));
  }

  private worldFor(host: string, port: number): World {
    if (this.client._gateway !== undefined) {
      return this.worlds.forPort();
    }
    const { given } = this.worlds;
    const namespace = this.client._namespace ?? given.config.defaultNamespace;
    return lookUp(given, host, namespace) === undefined ? this.worlds.forPort(port, fullName(given, host, namespace)) : this.worlds.forPort(port);
  }

  private addressOf({ model }: World, host: string): string | undefined {
    return this.client._gateway === undefined ? addressOf(model, host, this.client._namespace ?? model.config.defaultNamespace) : undefined;
  }
}

function checkDraw(draw: number | undefined, seed: string | undefined): number | undefined {
  if (draw !== undefined && seed !== undefined) {
    throw new Error('draw and seed say the same, leave one of them out');
  }
  checkNumber('draw', draw, { min: 0, max: 100 });
  return seed === undefined ? draw : drawOf(checkString('seed', seed));
}
