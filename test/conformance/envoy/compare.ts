import { clientHeaderLines, upstreamHeaderLines } from './compare-headers';
import type { Observation, SeenRequest } from './envoy';
import { choiceOf } from './static-config';
import { STATUS_HEADER } from './upstreams';
import type { MeshConfig } from '../../../lib/mesh/mesh-options';
import type { Proxy } from '../../../lib/mesh/proxy';
import type { HttpQuestion } from '../../../lib/simulation/question';
import type { ConnectionAnswer, HttpAnswer } from '../../../lib/simulation/simulate';

/** A property in which the simulation and Envoy differ, and what each says of it. */
export interface Difference {
  readonly what: string;
  readonly simulated: unknown;
  readonly real: unknown;
}

/** In what a simulated answer to a request differs from what Envoy did. */
export function compareHttp(proxy: Proxy, config: MeshConfig, question: HttpQuestion, simulated: HttpAnswer, real: Observation): Difference[] {
  if (real.connection !== undefined || simulated.connection !== undefined) {
    return compareConnection(simulated.connection ?? { connection: 'http' }, real);
  }
  const differences = new Differences();
  const upstreamStatus = Number(question.headers.find(([name]) => name === STATUS_HEADER)?.[1] ?? 200);
  differences.note('status', simulated.grpc === undefined ? simulated.status ?? upstreamStatus : 200, real.status);
  differences.note('gRPC', simulated.grpc === undefined ? undefined : [String(simulated.grpc.status), simulated.grpc.message || undefined],
    headerIn(real, 'grpc-status') === undefined ? undefined : [headerIn(real, 'grpc-status'), headerIn(real, 'grpc-message')]);
  differences.note('location', simulated.location, headerIn(real, 'location'));
  // a request that Envoy does not read has no route, and it does not name that of a preflight that it answers
  if (real.status !== 400 && !(question.method === 'OPTIONS' && real.status === 200 && real.flags === undefined)) {
    differences.note('route', simulated.routeName || undefined, real.route || undefined);
  }
  const isForwarded = simulated.status === undefined;
  differences.note('cluster', isForwarded ? simulated.destinations[0]?.cluster : undefined, real.upstreams.length > 0 ? real.cluster : undefined);
  const main = real.upstreams.find(({ cluster }) => cluster === real.cluster);
  differences.note('path', simulated.upstream?.path, main?.path);
  differences.note('authority', simulated.upstream?.authority, main === undefined ? undefined : hostOf(main));
  // a whole URL in place of the path cannot be asked about by users
  if (main !== undefined && simulated.upstream !== undefined && question.target.startsWith('/')) {
    differences.note('headers', ...upstreamHeaderLines(config, !('outboundCluster' in proxy), question, simulated, main.headers));
  }
  if (simulated.route !== undefined && real.flags !== undefined && differences.found.length === 0) {
    differences.note('answer headers', ...clientHeaderLines(config, !('outboundCluster' in proxy), question, simulated, real));
  }
  if (isForwarded && upstreamStatus === 200) {
    const mirrors = (simulated.route?.mirrors ?? []).filter(({ cluster }) => proxy.cluster(cluster) !== undefined);
    // further tries look like copies to the same cluster, and a copy of some requests may be there or not
    const uncertain = new Set([real.cluster, ...mirrors.filter(({ percent }) => percent < 100).map(({ cluster }) => cluster)]);
    const certain = (all: readonly { readonly cluster: string }[]): string[] =>
      all.map(({ cluster }) => cluster).filter(name => !uncertain.has(name)).sort();
    differences.note('mirrors', certain(mirrors), certain(real.upstreams));
  }
  return differences.found;
}

/** In what a simulated answer to a connection differs from what Envoy did. */
export function compareConnection(simulated: ConnectionAnswer | { readonly connection: 'http' }, real: Observation): Difference[] {
  const differences = new Differences();
  const choice = real.cluster === undefined ? [] : choiceOf(real.cluster);
  differences.note('connection', simulated.connection, real.connection ?? 'http');
  if (simulated.connection === 'forwarded' && real.connection === 'forwarded' && 'destinations' in simulated) {
    const sum = choice.reduce((total, { weight }) => total + weight, 0);
    differences.note('shares',
      simulated.destinations.map(({ cluster, percent }) => `${cluster} ${percent.toFixed(3)}%`),
      choice.map(({ cluster, weight }) => `${cluster} ${(100 * weight / sum).toFixed(3)}%`));
    differences.note('endsTls', simulated.endsTls, real.endsTls);
  }
  return differences.found;
}

export function headerIn({ headers = [] }: Pick<Observation, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

export function hostOf(seen: SeenRequest): string | undefined {
  return headerIn(seen, 'host');
}

class Differences {
  public readonly found: Difference[] = [];

  public note(what: string, simulated: unknown, real: unknown): void {
    if (JSON.stringify(simulated) !== JSON.stringify(real)) {
      this.found.push({ what, simulated, real });
    }
  }
}
