import { describeExperiments, Experiment, proxyOfExperiment } from './corpus';
import { Cluster } from '../../lib/mesh/clusters';
import { Proxy } from '../../lib/mesh/proxy';

interface Question extends Experiment {
  readonly fact: string;
  readonly question: any;
  readonly answer: any;
}

const DEFAULT_LIMIT = 4294967295;

/** What istiod writes to a cluster for its policy. */
function envoyPolicy({ policy: { policy } }: Cluster): object {
  return {
    connectTimeout: policy.connectionPool?.tcp?.connectTimeout ?? '10s',
    lb: policy.loadBalancer?.simple ?? 'LEAST_REQUEST',
    outlier: policy.outlierDetection?.consecutive5xxErrors ?? null,
    maxReq: policy.connectionPool?.http?.http2MaxRequests ?? DEFAULT_LIMIT,
    maxConn: policy.connectionPool?.tcp?.maxConnections ?? DEFAULT_LIMIT,
  };
}

function envoyEndpoints(cluster: Cluster): object {
  const isDynamic = cluster.type === 'DYNAMIC_FORWARD_PROXY';
  return {
    type: isDynamic ? 'envoy.clusters.dynamic_forward_proxy' : cluster.type,
    lb: isDynamic || cluster.type === 'ORIGINAL_DST' ? 'CLUSTER_PROVIDED' : 'LEAST_REQUEST',
    eps: cluster.endpoints.map(({ address, port }) => port === undefined ? { path: address } : `${address}:${port}`),
  };
}

function answerTo(proxy: Proxy, question: Question['question']): unknown {
  const [kind] = Object.keys(question);
  const name = question[kind] as string;
  switch (kind) {
    case 'virtualHosts':
      return Object.fromEntries(proxy.routeTable(name)!.virtualHosts.map(virtualHost => [virtualHost.name, virtualHost.domains]));
    case 'routeNames':
      return [proxy.routeTable(name)!.virtualHosts.find(({ domains }) => domains.includes(question.domain))!.routes.map(route => route.name)];
    case 'connectTimeout':
      return (envoyPolicy(proxy.cluster(name)!) as { connectTimeout: string }).connectTimeout;
    case 'policy':
      return envoyPolicy(proxy.cluster(name)!);
    case 'clustersEndingWith':
      return proxy.clusterNames().filter(cluster => cluster.endsWith(name)).sort();
    case 'outboundClusters':
      return [...proxy.clusterNames()].sort();
    case 'clusterTypeAndEndpoints':
      return envoyEndpoints(proxy.cluster(name)!);
    default:
      throw new Error(`unknown question ${kind}`);
  }
}

describeExperiments<Question>('what the real istiod configures', 'config.json', questions => {
  test.each(questions.map(question => [`${question.id}: ${JSON.stringify(question.question)}`, question] as const))('%s', (_, question) => {
    expect(answerTo(proxyOfExperiment(question), question.question)).toEqual(question.answer);
  });
});
