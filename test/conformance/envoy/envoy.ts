import { ChildProcess, spawn } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { request } from 'http';
import { tmpdir } from 'os';
import * as path from 'path';
import type { Certificate } from './certificate';
import { exchange, Received } from './client';
import { KeptConnection } from './kept-connection';
import { bodyOf, headerOf, Head, isWholeAnswer, readHead, requestBytes } from './message';
import { envoyBinary } from './package';
import { choiceOf, PlacedListener, ProxyConfig, StaticConfig, staticConfig } from './static-config';
import { ID_HEADER, SeenConnection, SeenUpstream, Upstreams } from './upstreams';
import type { ConnectionQuestion, HttpQuestion } from '../../../lib/simulation/question';

/** One proxy that Envoy plays. */
export interface Role {
  readonly config: ProxyConfig;
  readonly withoutEndpoints?: readonly string[];
}

/** What became of a request or a connection. */
export interface Observation {
  /** Why Envoy did not take the listener; nothing else is known then. */
  readonly rejected?: string;

  /** Set where the connection was not looked into, or not taken. */
  readonly connection?: 'forwarded' | 'closed' | 'refused';

  /** Whether Envoy ended the TLS of a connection that was forwarded. */
  readonly endsTls?: boolean;
  readonly status?: number;
  readonly cluster?: string;

  /** The name of the route; absent where Envoy answered without one. */
  readonly route?: string;
  readonly flags?: string;

  /** The headers of the answer. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;

  /** What the chosen upstream saw, once for each try, then what mirrors saw. */
  readonly upstreams: readonly SeenRequest[];
}

export interface SeenRequest extends Omit<SeenUpstream, 'upstream'> {
  readonly cluster: string;
}

/** An address that belongs to no service. */
const STRANGE_ADDRESS = '203.0.113.99';
const TELLING = ['x-sim-route', 'x-sim-cluster', 'x-sim-flags'];
const START_PATIENCE = 60_000;

/** Runs a command until it ends, or until standard input does: Envoy does not outlive this process, however it ends. */
const GUARD = '"$@" & child=$!; exec 3<&0; (cat <&3 > /dev/null; kill -9 $child 2> /dev/null) & wait $child';

interface Loaded extends StaticConfig {
  readonly rejected: ReadonlyMap<string, string>;
  readonly prefix: string;
}

/** One process of the real Envoy, which plays several proxies at once. Everything is on sockets in a folder of its own: no port is taken. */
export class Envoy {
  /** An Envoy with the configuration of some proxies, ready to be asked. */
  public static async start(roles: readonly Role[], certificate: Certificate): Promise<Envoy> {
    const envoy = new Envoy();
    try {
      await envoy.load(roles, certificate);
    } catch (error) {
      await envoy.stop();
      throw error;
    }
    return envoy;
  }

  private readonly folder = mkdtempSync(path.join(tmpdir(), 'envoy-'));
  private readonly upstreams = new Upstreams();
  private process?: ChildProcess;
  private loaded: Loaded[] = [];
  private asked = 0;

  private constructor() {
  }

  /** What becomes of a request that comes to a proxy. */
  public async askHttp(role: number, question: HttpQuestion): Promise<() => Observation> {
    const placed = this.listenerFor(role, question);
    const refused = this.refusal(role, placed);
    if (refused !== undefined) {
      return () => refused;
    }
    let id = '';
    const received = await answered(question, () => {
      id = String(this.asked++);
      const bytes = requestBytes(question, [[ID_HEADER, id], ['Connection', 'close']]);
      return exchange(opening(placed!, question), bytes, content => isWholeAnswer(content, question.method));
    });
    const head = readHead(received.content);
    const { clusterNames, prefix } = this.loaded[role];
    // copies may come after the answer
    const upstreams = (): SeenRequest[] => this.upstreams.requests(id).map(({ upstream, ...seen }) => ({ ...seen, cluster: clusterNames[upstream] }));
    if (head === undefined) {
      return () => ({ ...this.connectionSeen(role, received.isSecured ? received.content : received.wire, received.isSecured), upstreams: [] });
    }
    const cluster = headerOf(head, 'x-sim-cluster');
    if (cluster === undefined && upstreams().length > 0) {
      return () => this.forwardedTo(role, upstreams()[0].cluster, received.isSecured);
    }
    return () => ({
      ...answerIn(head, received.content),
      cluster: cluster?.startsWith(prefix) ? cluster.slice(prefix.length) : undefined,
      upstreams: upstreams(),
    });
  }

  /** What becomes of a connection that carries something else than HTTP in clear. */
  public async askConnection(role: number, question: ConnectionQuestion): Promise<Observation> {
    const placed = this.listenerFor(role, question);
    const refused = this.refusal(role, placed);
    if (refused !== undefined) {
      return refused;
    }
    const received = await answered(question, () => exchange(opening(placed!, question), 'hello\n'));
    return this.connectionSeen(role, received.isSecured ? received.content : received.wire, received.isSecured);
  }

  /** A connection in clear to the listener that takes a question, over which requests are sent one after another. */
  public keep(role: number, question: HttpQuestion): KeptConnection {
    return new KeptConnection(opening(this.listenerFor(role, question)!, question), this.loaded[role].prefix);
  }

  /** Forgets what upstreams saw, once the answers have been looked at. */
  public forget(): void {
    this.upstreams.forget();
  }

  public async stop(): Promise<void> {
    await new Promise<void>(resolve => {
      if (this.process === undefined || this.process.exitCode !== null || this.process.signalCode !== null) {
        resolve();
      } else {
        this.process.once('exit', () => resolve());
        this.process.stdin!.end();
      }
    });
    await this.upstreams.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async load(roles: readonly Role[], certificate: Certificate): Promise<void> {
    const configs = roles.map(({ config, withoutEndpoints = [] }, number) => staticConfig(config, {
      prefix: `${number}/`,
      listenerSocket: index => path.join(this.folder, `l${number}-${index}`),
      upstreamSocket: index => path.join(this.folder, `u${index}`),
      certificate,
      withoutEndpoints,
    }));
    await this.upstreams.grow(Math.max(...configs.map(({ clusterNames }) => clusterNames.length)), index => path.join(this.folder, `u${index}`));
    const file = (name: string): string => path.join(this.folder, name);
    writeFileSync(file('listeners.json'), JSON.stringify({
      resources: configs.flatMap(({ listeners }) => listeners.map(listener => ({ '@type': 'type.googleapis.com/envoy.config.listener.v3.Listener', ...listener }))),
    }));
    writeFileSync(file('envoy.json'), JSON.stringify({
      node: { id: 'conformance', cluster: 'conformance' },
      stats_config: { stats_matcher: { reject_all: true } },
      admin: { address: { pipe: { path: file('admin') } } },
      static_resources: { clusters: configs.flatMap(({ clusters }) => clusters) },
      dynamic_resources: { lds_config: { path_config_source: { path: file('listeners.json') }, resource_api_version: 'V3' } },
    }));
    const log = file('log');
    this.process = spawn('sh', ['-c', GUARD, 'sh', envoyBinary(),
      '-c', file('envoy.json'), '--concurrency', '1', '--use-dynamic-base-id', '--disable-hot-restart', '--log-level', 'warn', '--log-path', log], { stdio: ['pipe', 'ignore', 'ignore'] });
    this.process.stdin!.on('error', () => undefined);
    await this.waitUntilReady(log);
    const rejected = rejections(await this.admin('/config_dump?resource=dynamic_listeners'));
    this.loaded = configs.map((config, number) => ({ ...config, rejected, prefix: `${number}/` }));
  }

  private async waitUntilReady(log: string): Promise<void> {
    let ended: string | undefined;
    this.process!.once('error', error => ended = error.message);
    this.process!.once('exit', code => ended = `it ended with ${code}`);
    for (const end = Date.now() + START_PATIENCE; ended === undefined && Date.now() < end; await new Promise(resolve => setTimeout(resolve, 20))) {
      const answer = await this.admin('/ready').catch(() => '');
      if (answer.startsWith('LIVE')) {
        return;
      }
    }
    throw new Error(`Envoy did not start: ${ended ?? 'it was not ready in time'}\n${tryRead(log).slice(-3000)}`);
  }

  private admin(target: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: path.join(this.folder, 'admin'), path: target, agent: false }, answer => {
        let text = '';
        answer.on('data', data => text += data);
        answer.on('end', () => resolve(text));
      });
      call.on('error', reject);
      call.end();
    });
  }

  /** The listener that takes a connection: that of the address, else that of all addresses, else, on a sidecar, the one for everything else. */
  private listenerFor(role: number, { port, address = STRANGE_ADDRESS }: ConnectionQuestion): PlacedListener | undefined {
    const { placed } = this.loaded[role];
    const onPort = placed.filter(listener => listener.port === port && !listener.isOutbound);
    return onPort.find(listener => listener.address === address) ?? onPort.find(listener => listener.address === '0.0.0.0')
      ?? placed.find(({ isOutbound }) => isOutbound);
  }

  private refusal(role: number, placed: PlacedListener | undefined): Observation | undefined {
    if (placed === undefined) {
      return { connection: 'refused', upstreams: [] };
    }
    const { prefix, rejected } = this.loaded[role];
    const message = rejected.get(prefix + placed.name);
    return message === undefined ? undefined : { rejected: message, upstreams: [] };
  }

  private connectionSeen(role: number, answer: Buffer, isSecured = false): Observation {
    if (answer[0] !== '{'.charCodeAt(0)) {
      return { connection: 'closed', upstreams: [] };
    }
    const { upstream } = JSON.parse(answer.toString('latin1')) as SeenConnection;
    return this.forwardedTo(role, this.loaded[role].clusterNames[upstream], isSecured);
  }

  private forwardedTo(role: number, cluster: string, endsTls: boolean): Observation {
    // of a choice between clusters none of which there is, Envoy closes the connection
    const isDead = choiceOf(cluster).every(each => !this.loaded[role].isKnown(each.cluster));
    return isDead ? { connection: 'closed', upstreams: [] } : { connection: 'forwarded', cluster, endsTls, upstreams: [] };
  }
}

function opening({ socket }: PlacedListener, { address = STRANGE_ADDRESS, port, tls = false, sni, alpn }: ConnectionQuestion) {
  return { socket, address, port, tls, sni, alpn };
}

/** What came back, of another connection where the first one got no answer: on a busy machine some are lost. */
async function answered(question: ConnectionQuestion, ask: () => Promise<Received>): Promise<Received> {
  for (let tries = 0; tries < 2; tries++) {
    const received = await ask();
    if (!received.isLate) {
      return received;
    }
  }
  throw new Error(`Envoy did not answer ${JSON.stringify(question)}`);
}

function answerIn(head: Head, content: Buffer): Omit<Observation, 'upstreams'> {
  return {
    status: Number(head.start.split(' ')[1]),
    route: headerOf(head, 'x-sim-route'),
    flags: headerOf(head, 'x-sim-flags'),
    headers: head.headers.filter(([name]) => !TELLING.includes(name.toLowerCase())),
    body: bodyOf(content, head),
  };
}

/** The listeners that Envoy did not take, and why. */
function rejections(dump: string): Map<string, string> {
  const { configs = [] } = JSON.parse(dump) as { configs?: any[] };
  return new Map(configs.filter(({ error_state }) => error_state !== undefined)
    .map(({ name, error_state }) => [(name ?? error_state.failed_configuration?.name) as string, error_state.details as string]));
}

function tryRead(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
