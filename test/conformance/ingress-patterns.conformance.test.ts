import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import { Answer, askIstio, cluster, missingClusters, namespace, pod, routesOf, serverNames, service, tlsOf } from './ask-istio';
import {
  AbTest, Audience, BlueGreen, BlueGreenColor, CanaryRelease, Checks, DelegatedPath, ExportTo, FaultAbort, Gateway, GatewaySelector, GatewayServer,
  HeaderMatch, HttpAction, IngressRoute, PathRewrite, PathType, PolicyPreset, RedirectPath, ServerTls, ServiceHost, SharedHost, StringMatch,
  TcpAction, TesterFaults, TlsPassthroughRoute, TrafficMirror, VirtualService,
} from '../../lib';

// what the real Istio says of ingress and release patterns, and makes of them

const APPS = ['web', 'api', 'vault', 'reviews', 'orders', 'search', 'checkout'];

function secret(name: string): object {
  const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
  const [key, certificate] = ['tls.key', 'tls.crt'].map(file => path.join(folder, file));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const [keyText, certificateText] = [key, certificate].map(file => readFileSync(file, 'base64'));
  rmSync(folder, { recursive: true });
  return {
    apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: { name, namespace: 'istio-system' }, data: { 'tls.key': keyText, 'tls.crt': certificateText },
  };
}

/** Services with two versions each, and the ingress gateway as Istio installs it. */
const CLUSTER = [
  ...['shop', 'cart', 'istio-system'].map(namespace),
  service('istio-ingressgateway', 'istio-system', { istio: 'ingressgateway' }, '10.96.0.1', [['http2', 80, 8080], ['https', 443, 8443]]),
  pod('ingress', 'istio-system', { istio: 'ingressgateway' }, '10.1.0.1'),
  pod('client', 'shop', { app: 'client' }, '10.1.0.2'),
  ...APPS.flatMap((app, index) => [
    service(app, 'shop', { app }, `10.96.1.${index}`, [['http', 8080, 8080], ['http-admin', 9000, 9000], ['tls', 8200, 8200]]),
    ...['v1', 'v2'].map((version, ordinal) => pod(`${app}-${version}`, 'shop', { app, version }, `10.1.${ordinal + 1}.${index}`)),
  ]),
  service('items', 'cart', { app: 'items' }, '10.96.2.1', [['http', 8080, 8080]]),
  pod('items', 'cart', { app: 'items' }, '10.1.3.1'),
  secret('shop-tls'), secret('other-tls'),
];

const istio = (build: (chart: Chart) => void): Promise<Answer> => askIstio(CLUSTER, { istio: 'ingressgateway' }, build);

const host = (name: string) => ServiceHost.fromName(name, { namespace: 'shop', port: 8080 });
const to = (name: string) => HttpAction.forward(host(name));
const name = (app: string, port = 8080, subset = '') => `outbound|${port}|${subset}|${app}.shop.svc.cluster.local`;
const one = { version: 'v1' };
const other = { version: 'v2' };
const tester = Audience.header('x-tester', HeaderMatch.present());

/** The routes as texts: what they match, and where they lead. */
function texts(routes: any[]): string[] {
  return routes.map(({ match, route, redirect, directResponse }) => {
    const { path: exact, prefix, pathSeparatedPrefix, safeRegex } = match;
    const uri = exact ?? (safeRegex === undefined ? `${prefix ?? pathSeparatedPrefix}*` : `~${safeRegex.regex}`);
    const places = route?.weightedClusters?.clusters.map((each: any) => `${each.weight} ${each.name}`).join(', ') ?? route?.cluster;
    return `${uri} -> ${places ?? (redirect === undefined ? directResponse.status : 'redirect')}`;
  });
}

describe('an ingress', () => {
  test('with TLS, rewrites, CORS and releases on its paths has the routes in the right order, and nothing to warn of', async () => {
    const { gateway, messages } = await istio(chart => {
      const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'], tls: ServerTls.simple('shop-tls'), timeout: Duration.seconds(15) });
      shop.addPath('/', to('web'));
      shop.addPath('/api', to('api'), { rewrite: PathRewrite.strip() });
      shop.addPath('/v1', to('api'), { rewrite: PathRewrite.replace('/v2') });
      shop.addPath('/files/[0-9]+', to('web'), { pathType: PathType.REGEX });
      shop.addPath('/health', HttpAction.respond(200), { pathType: PathType.EXACT });
      shop.addPath('/old', HttpAction.redirect({ path: RedirectPath.uri('/') }));
      shop.addPath('/orders', to('orders'), { methods: ['POST'], corsPolicy: { allowOrigins: [StringMatch.exact('https://example.com')] } });
      shop.addPath('/reviews', new CanaryRelease(chart, 'Reviews', {
        service: host('reviews'), stable: one, canary: other, plan: [5, 100], stage: 1, sticky: {}, canaryFor: [tester],
      }));
      shop.addPath('/search', new TrafficMirror(chart, 'Search', { service: host('search'), primary: one, shadow: other, percent: 5 }));
    });
    expect(messages).toEqual([]);
    expect(missingClusters(gateway)).toEqual([]);
    const routes = routesOf({ ...gateway, routes: gateway.routes.filter(table => table.name.startsWith('https')) }, 'shop.example.com');
    const [stable, canary] = [name('reviews', 8080, 'stable'), name('reviews', 8080, 'canary')];
    expect(texts(routes)).toEqual([
      '/health -> 200',
      `~/files/[0-9]+ -> ${name('web')}`,
      `/reviews -> ${canary}`, `/reviews/* -> ${canary}`,
      `/reviews -> 100 ${canary}`, `/reviews/* -> 100 ${canary}`,
      `/reviews -> 100 ${stable}`, `/reviews/* -> 100 ${stable}`,
      `/reviews -> 5 ${canary}, 95 ${stable}`, `/reviews/* -> 5 ${canary}, 95 ${stable}`,
      // one for POST, one for the preflight requests of browsers
      `/orders -> ${name('orders')}`, `/orders/* -> ${name('orders')}`, `/orders -> ${name('orders')}`, `/orders/* -> ${name('orders')}`,
      `/search -> ${name('search', 8080, 'primary')}`, `/search/* -> ${name('search', 8080, 'primary')}`,
      `/api -> ${name('api')}`, `/api/* -> ${name('api')}`,
      '/old -> redirect', '/old/* -> redirect',
      `/v1 -> ${name('api')}`, `/v1/* -> ${name('api')}`,
      `/* -> ${name('web')}`,
    ]);
    expect(routes.filter(({ route }) => route !== undefined).every(({ route }) => route.timeout === '15s')).toBe(true);
  });

  test('that is shared by several patterns serves all of their hosts', async () => {
    const { gateway, messages } = await istio(chart => {
      const shared = new Gateway(chart, 'Gateway', {
        selector: GatewaySelector.ingress(),
        servers: [
          GatewayServer.https({ hosts: ['a.example.com', 'b.example.com'], tls: ServerTls.simple('shop-tls') }),
          GatewayServer.tls({ hosts: ['vault.example.com'], tls: ServerTls.passthrough() }),
        ],
      });
      new IngressRoute(chart, 'A', { hosts: ['a.example.com'], gateway: shared, defaultTarget: to('web') });
      new IngressRoute(chart, 'B', { hosts: ['b.example.com'], gateway: shared, defaultTarget: to('api') });
      new TlsPassthroughRoute(chart, 'Vault', {
        hosts: ['vault.example.com'], gateway: shared, action: TcpAction.forward(ServiceHost.fromName('vault', { namespace: 'shop', port: 8200 })),
      });
    });
    expect(messages).toEqual([]);
    expect(texts(routesOf(gateway, 'a.example.com'))).toEqual([`/* -> ${name('web')}`]);
    expect(texts(routesOf(gateway, 'b.example.com'))).toEqual([`/* -> ${name('api')}`]);
    expect(serverNames(gateway)).toMatchObject({ 'vault.example.com': name('vault', 8200) });
  });

  test('the mistake: of two gateways for one TLS host Istio drops the later one, and analysis finds a certificate that is used twice', async () => {
    const { gateway, messages } = await istio(chart => {
      for (const [id, app] of [['A', 'web'], ['B', 'api']]) {
        const own = new Gateway(chart, id, {
          selector: GatewaySelector.ingress(), servers: [GatewayServer.https({ hosts: ['shop.example.com'], tls: ServerTls.simple('shop-tls') })],
        });
        new VirtualService(chart, `Routes${id}`, { hosts: ['shop.example.com'], gateways: [own], defaultRoute: { action: to(app) } });
        // an error at synth, which would keep the mistake from Istio
        Checks.of(own).suppress('IST0145', 'to see what Istio does');
      }
    });
    expect(texts(routesOf(gateway, 'shop.example.com'))).toEqual([`/* -> ${name('web')}`]);
    expect(messages.map(message => message.slice(0, 7))).toEqual(expect.arrayContaining(['IST0138']));
  });

  test('the mistake: a wildcard answers for a host that a server names, behind the routes of the host itself', async () => {
    const { gateway } = await istio(chart => {
      const shared = new Gateway(chart, 'Gateway', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['shop.example.com'] })] });
      new VirtualService(chart, 'A', { hosts: ['*.example.com'], gateways: [shared], httpRoutes: [{ matches: [{ uri: StringMatch.prefix('/api') }], action: to('api') }] });
      new VirtualService(chart, 'B', { hosts: ['shop.example.com'], gateways: [shared], httpRoutes: [{ matches: [{ uri: StringMatch.prefix('/api') }], action: to('web') }] });
    });
    expect(texts(routesOf(gateway, 'shop.example.com'))).toEqual([`/api* -> ${name('api')}`, `/api* -> ${name('web')}`]);
  });
});

describe('a shared host', () => {
  test('with a delegated path has the routes of both, of which Istio drops none', async () => {
    const { gateway, messages } = await istio(chart => {
      const cart = new Chart(chart.node.root as any, 'cart', { namespace: 'cart', disableResourceNameHashes: true });
      const edge = new Gateway(chart, 'Gateway', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['*.example.com'] })] });
      const shop = new SharedHost(chart, 'Shop', { hosts: ['shop.example.com'], gateways: [edge], defaultTarget: to('web') });
      shop.addPath(chart, '/api', to('api'));
      const items = HttpAction.forward(ServiceHost.fromName('items', { namespace: 'cart', port: 8080 }));
      const part = new DelegatedPath(cart, 'Cart', { sharedHost: shop, path: '/cart' });
      part.addPath('/cart', items);
      part.addPath('/cart/total', items, { methods: ['GET'], pathType: PathType.EXACT });
    });
    const items = 'outbound|8080||items.cart.svc.cluster.local';
    expect(messages).toEqual([]);
    expect(texts(routesOf(gateway, 'shop.example.com'))).toEqual([
      `/cart/total -> ${items}`, `/cart -> ${items}`, `/cart/* -> ${items}`, `/api -> ${name('api')}`, `/api/* -> ${name('api')}`, `/* -> ${name('web')}`,
    ]);
  });
});

describe('a release that stands alone', () => {
  test('has clusters for all of its versions in the mesh and at the gateway, and nothing to warn of', async () => {
    const { sidecar, gateway, messages } = await istio(chart => {
      const edge = new Gateway(chart, 'Gateway', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['*.example.com'] })] });
      const trafficPolicy = PolicyPreset.combine([PolicyPreset.circuitBreaker(), PolicyPreset.connectionLimits({ maxRequests: 100 })]);
      new CanaryRelease(chart, 'Reviews', {
        service: host('reviews'),
        stable: one,
        canary: other,
        canaryPercent: 10,
        mirrorPercent: 5,
        trafficPolicy,
        gateways: [edge],
        hosts: ['reviews.example.com'],
        stableFor: [Audience.sourceLabels({ app: 'client' })],
      });
      new AbTest(chart, 'Checkout', {
        service: host('checkout'), variants: [{ name: 'a', labels: one }, { name: 'b', labels: other, audiences: [Audience.cookie('beta', '1')], percent: 20 }], defaultVariant: 'a',
      });
      new BlueGreen(chart, 'Orders', {
        service: host('orders'), blue: one, green: other, live: BlueGreenColor.GREEN, previewHost: 'preview.example.com', previewGateways: [edge],
      });
      const search = new TrafficMirror(chart, 'Search', { service: host('search'), primary: one, shadow: other });
      new TesterFaults(chart, 'Faults', { virtualService: search.virtualService, testers: [tester], target: search, fault: { abort: FaultAbort.httpStatus(503, { percent: 50 }) } });
    });
    expect(messages).toEqual([]);
    expect([missingClusters(sidecar), missingClusters(gateway)]).toEqual([[], []]);
    const split = `/* -> 90 ${name('reviews', 8080, 'stable')}, 10 ${name('reviews', 8080, 'canary')}`;
    expect(texts(routesOf(gateway, 'reviews.example.com'))).toEqual([split]);
    // all requests of this client are for the audience, so that Istio writes no more routes
    const mesh = { ...sidecar, routes: sidecar.routes.filter(table => table.name === '8080') };
    expect(texts(routesOf(mesh, 'reviews.shop.svc.cluster.local'))).toEqual([`/* -> ${name('reviews', 8080, 'stable')}`]);
    expect(texts(routesOf(gateway, 'preview.example.com'))).toEqual([`/* -> ${name('orders', 8080, 'blue')}`]);
    expect(cluster(gateway, name('reviews', 8080, 'canary')).outlierDetection.maxEjectionPercent).toBe(50);
  });

  test('the mistake: the labels of clients are not looked at in a match that names gateways', async () => {
    const { sidecar } = await istio(chart => {
      const routes = new VirtualService(chart, 'Routes', {
        services: [host('reviews')],
        httpRoutes: [{ matches: [{ sourceLabels: { app: 'another' } }], action: to('web') }],
        defaultRoute: { action: to('reviews') },
      });
      ApiObject.of(routes).addJsonPatch(JsonPatch.add('/spec/http/0/match/0/gateways', ['mesh']));
    });
    const mesh = { ...sidecar, routes: sidecar.routes.filter(table => table.name === '8080') };
    expect(texts(routesOf(mesh, 'reviews.shop.svc.cluster.local'))[0]).toBe(`/* -> ${name('web')}`);
  });

  test('private ones in two namespaces do not meet: each is for the clients of its own', async () => {
    const { sidecar, messages } = await istio(chart => {
      const cart = new Chart(chart.node.root as any, 'cart', { namespace: 'cart', disableResourceNameHashes: true });
      for (const scope of [chart, cart]) {
        new CanaryRelease(scope, 'Reviews', { service: host('reviews'), stable: one, canary: other, canaryPercent: scope === chart ? 10 : 100, exportTo: ExportTo.ownNamespace() });
      }
    });
    expect(messages).toEqual([]);
    const mesh = { ...sidecar, routes: sidecar.routes.filter(table => table.name === '8080') };
    expect(texts(routesOf(mesh, 'reviews.shop.svc.cluster.local'))).toEqual([`/* -> 90 ${name('reviews', 8080, 'stable')}, 10 ${name('reviews', 8080, 'canary')}`]);
    expect(tlsOf(sidecar, name('reviews', 8080, 'canary'))).toBeUndefined();
  });
});
