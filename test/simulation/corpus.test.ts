import { simulateConnection, simulateHttp } from '../../lib/simulation/simulate';
import { describeExperiments, Experiment, modelOfExperiment, proxyOfExperiment } from '../mesh/corpus';

interface Case extends Experiment {
  readonly request: {
    readonly port: number;
    readonly ip?: string;
    readonly tls?: boolean;
    readonly sni?: string;
    readonly alpn?: readonly string[];
    readonly bytes?: string;
    readonly method: string;
    readonly authority: string | null;
    readonly path: string;
    readonly requestTarget?: string;
    readonly headers?: { readonly [name: string]: string } | readonly (readonly [string, string])[];
    readonly random?: number;
    readonly clustersWithoutEndpoints?: readonly string[];
  };
  readonly expect: {
    readonly status?: number;
    readonly cluster?: string;
    readonly route?: string;
    readonly location?: string;
    readonly responseFlags?: string;
    readonly noRoute?: boolean;
    readonly upstreamPath?: string;
    readonly upstreamAuthority?: string;
    readonly connection?: 'forwarded' | 'closed' | 'refused';
    readonly tls?: 'passthrough' | 'terminated';
    readonly configurationRejectedByEnvoy?: string;
  };
}

function headerLines({ headers = {} }: Case['request']): readonly (readonly [string, string])[] {
  return Array.isArray(headers) ? headers as readonly (readonly [string, string])[] : Object.entries(headers as { [name: string]: string });
}

function answerOf(experiment: Case): object {
  const { request, expect: expected } = experiment;
  const proxy = proxyOfExperiment(experiment);
  const connection = { port: request.port, address: request.ip, tls: request.tls, sni: request.sni, alpn: request.alpn };
  const http = request.bytes !== undefined ? undefined : simulateHttp(proxy, modelOfExperiment(experiment).config, {
    ...connection,
    method: request.method,
    authority: request.authority ?? undefined,
    target: request.requestTarget ?? request.path,
    headers: headerLines(request),
    random: request.random,
  });
  if (http === undefined || http.connection !== undefined) {
    const answer = http?.connection ?? simulateConnection(proxy, connection);
    return {
      connection: answer.connection,
      cluster: answer.destinations.map(({ cluster }) => cluster).includes(expected.cluster ?? '') ? expected.cluster : undefined,
      tls: answer.connection === 'forwarded' && request.tls === true ? answer.endsTls ? 'terminated' : 'passthrough' : undefined,
    };
  }
  const upstreamStatus = Number(new Map(headerLines(request)).get('x-sim-status') ?? 200);
  return {
    status: http.status ?? upstreamStatus,
    location: http.location,
    route: expected.route === undefined ? undefined : http.routeName,
    cluster: expected.cluster === undefined ? undefined : http.destinations[0]?.cluster,
    // to HEAD there is no body, in which the upstream of the experiments says what it saw
    ...request.method === 'HEAD' ? {} : { upstreamPath: http.upstream?.path, upstreamAuthority: http.upstream?.authority },
  };
}

function expectedOf({ expect: expected, request }: Case): object {
  if (expected.connection !== undefined) {
    const tls = request.tls === true ? expected.tls : undefined;
    return { connection: expected.connection, cluster: expected.cluster, tls };
  }
  const { status, location, route, cluster, upstreamPath, upstreamAuthority } = expected;
  return { status, location, route, cluster, upstreamPath, upstreamAuthority };
}

describeExperiments<Case>('what the simulation answers', 'cases.json', all => {
  // not modelled: configuration that Envoy refuses to load, and endpoints that are absent only at run time
  const cases = all.filter(({ expect: expected, request }) =>
    expected.configurationRejectedByEnvoy === undefined && request.clustersWithoutEndpoints === undefined);

  test.each(cases.map(item => [item.id, item] as const))('%s', (_, item) => {
    expect(answerOf(item)).toEqual(expectedOf(item));
  });
});
