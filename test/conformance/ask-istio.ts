import { App, Chart, Testing } from 'cdk8s';
import { crdFile, Oracle, Verdict } from './oracle';

const BORN = '2024-01-01T00:00:00Z';

export function namespace(name: string): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'istio-injection': 'enabled' } } };
}

export function service(name: string, home: string, selector: object, clusterIP: string, ports: [string, number, number][]): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: home, creationTimestamp: BORN },
    spec: { type: 'ClusterIP', clusterIP, selector, ports: ports.map(([portName, port, targetPort]) => ({ name: portName, port, targetPort, protocol: 'TCP' })) },
  };
}

export function pod(name: string, home: string, labels: object, podIP: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: home, labels },
    spec: { containers: [{ name: 'app', image: 'app' }, { name: 'istio-proxy', image: 'proxy' }] },
    status: { podIP, phase: 'Running' },
  };
}

/** What Envoy is told, as far as the tests ask for it. */
export interface Proxy {
  readonly listeners: any[];
  readonly routes: any[];
  readonly clusters: any[];
}

export interface Answer {
  readonly sidecar: Proxy;
  readonly gateway: Proxy;
  readonly messages: string[];
}

async function ask<A>(oracle: Oracle, questions: readonly object[]): Promise<A[]> {
  const answers = await oracle.ask<A>(questions);
  oracle.stop();
  return answers;
}

/**
 * What Istio says of the objects of a program in the namespace `shop`, and makes of them for a client there and for a gateway.
 *
 * @param present what is in the cluster already
 * @param gatewayLabels the labels of the gateway's proxy, in the namespace `istio-system`
 */
export async function askIstio(present: readonly object[], gatewayLabels: object, build: (chart: Chart) => void): Promise<Answer> {
  const chart = new Chart(Testing.app(), 'test', { disableResourceNameHashes: true, namespace: 'shop' });
  build(chart);
  const written = (chart.node.root as App).charts.flatMap(each => Testing.synth(each) as any[]);
  const objects = [...present, ...written.map(object => ({ ...object, metadata: { ...object.metadata, creationTimestamp: BORN } }))];
  const proxies = [
    { type: 'sidecar', namespace: 'shop', labels: { app: 'client' } },
    { type: 'router', namespace: 'istio-system', labels: gatewayLabels },
  ];
  const verdicts = await ask<Verdict>(Oracle.start('verdict', ['--crds', crdFile()]), written.map(object => ({ object })));
  const [{ messages }] = await ask<{ messages: { code: string; text: string }[] }>(Oracle.start('analyze'), [{ objects }]);
  const [answer] = await ask<{ proxies: Proxy[]; error?: string; panic?: string }>(Oracle.start('proxy'), [{ objects, proxies }]);
  expect([answer.error, answer.panic]).toEqual([undefined, undefined]);
  return {
    sidecar: answer.proxies[0],
    gateway: answer.proxies[1],
    messages: [
      ...verdicts.flatMap(({ schema, metadata, webhook, unknownFields = [] }) => [
        ...schema.errors, ...metadata.errors, ...webhook.errors, ...webhook.warnings, ...unknownFields,
      ]),
      ...messages.map(({ code, text }) => `${code} ${text}`),
    ],
  };
}

export function cluster({ clusters }: Proxy, name: string): any {
  const found = clusters.find(each => each.name === name);
  expect(found?.name).toBe(name);
  return found;
}

export function tlsOf(proxy: Proxy, name: string): any {
  return cluster(proxy, name).transportSocket?.typedConfig;
}

/** The routes for a host, in the order in which Envoy tries them. */
export function routesOf({ routes }: Proxy, host: string): any[] {
  const virtualHosts = routes.flatMap(table => table.virtualHosts ?? []).filter((virtualHost: any) => virtualHost.domains.includes(host));
  expect(virtualHosts).toHaveLength(1);
  return virtualHosts[0].routes;
}

/** Where the only route for a host leads. */
export function routeOf(proxy: Proxy, host: string): any {
  const routes = routesOf(proxy, host);
  expect(routes).toHaveLength(1);
  return routes[0].route;
}

/** The clusters that routes and copies of requests lead to without existing: requests for them are answered with status 503. */
export function missingClusters({ routes, clusters }: Proxy): string[] {
  const names = new Set(clusters.map(({ name }) => name));
  const virtualHosts = routes.flatMap(table => table.virtualHosts ?? []);
  const actions = virtualHosts.flatMap((virtualHost: any) => virtualHost.routes).map(({ route }: any) => route ?? {});
  const used = actions.flatMap(({ cluster: only, weightedClusters, requestMirrorPolicies = [] }: any) => [
    ...only === undefined ? [] : [only],
    ...[...weightedClusters?.clusters ?? []].map(({ name }: any) => name),
    ...requestMirrorPolicies.map((policy: any) => policy.cluster),
  ]);
  return used.filter((name: string) => !names.has(name));
}

/** The clusters that connections lead to, by the server name that they carry. */
export function serverNames({ listeners }: Proxy): { [name: string]: string } {
  const chains = listeners.flatMap(listener => listener.filterChains ?? []);
  return Object.fromEntries(chains.flatMap((chain: any) => (chain.filterChainMatch?.serverNames ?? []).map((name: string) => {
    const last = chain.filters[chain.filters.length - 1].typedConfig;
    return [name, last.cluster ?? last.rds.routeConfigName];
  })));
}
