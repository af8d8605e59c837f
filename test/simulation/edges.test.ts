import { App, Chart, Duration, Testing } from 'cdk8s';
import {
  AliasTarget, CanaryRelease, DelegatedPath, EgressGateway, EntryPort, ExternalApi, ExternalTcpService, ExternalTls, Gateway, HeaderMatch, HttpAction,
  IngressRoute, InternalAlias, MeshSettings, OutboundPolicy, PathRedirect, PathRewrite, RetryPolicy, ServerTls, ServiceHost, SharedHost, TcpAction,
  TlsPassthroughRoute, Traffic, TrafficClient,
} from '../../lib';
import { testChart } from '../util';

const [api, web, cart] = ['api', 'web', 'cart'].map(name => ServiceHost.fromName(name, { namespace: 'shop', port: 8080 }));

describe('an ingress', () => {
  const chart = testChart({ namespace: 'shop' });
  const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'], tls: ServerTls.simple('cert'), timeout: Duration.seconds(5) });
  shop.addPath('/', HttpAction.forward(web));
  shop.addPath('/api', HttpAction.forward(api), { rewrite: PathRewrite.strip() });
  shop.addPath('/api/cart', HttpAction.forward(cart), { methods: ['GET', 'POST'] });
  shop.addPath('/old', PathRedirect.to('/new'));
  const release = new CanaryRelease(chart, 'Reviews', {
    service: ServiceHost.fromName('reviews', { namespace: 'shop', port: 9080 }), stable: { version: 'v1' }, canary: { version: 'v2' }, canaryPercent: 10,
  });
  shop.addPath('/reviews', release);
  const visitor = Traffic.of(chart).from(TrafficClient.gateway(shop));
  const get = (path: string) => visitor.get(`https://shop.example.com${path}`);

  test.each(['/api', '/api/', '/api/users?page=2', '/api/../api/x'])('leads %s to the API', path => {
    get(path).goesTo(api);
  });

  test.each(['/', '/apix', '/ap', '/API', '/x/api', '/api/../web'])('does not lead %s to the API', path => {
    get(path).goesTo(web);
  });

  test('leads the longer path to its own service, for its methods only', () => {
    get('/api/cart/1').goesTo(cart);
    visitor.request({ method: 'DELETE', url: 'https://shop.example.com/api/cart/1' }).goesTo(api);
  });

  test('strips the prefix, and says what it was', () => {
    get('/api/users?page=2').upstreamSees({ path: '/users?page=2', headers: { 'x-envoy-original-path': '/api/users?page=2' } });
    get('/api').upstreamSees({ path: '/' });
  });

  test('redirects old paths, and plain text to TLS', () => {
    get('/old/a?b=1').isRedirectedTo('https://shop.example.com/new/a?b=1', { status: 301 });
    visitor.get('http://shop.example.com/api?x=1').isRedirectedTo('https://shop.example.com/api?x=1');
  });

  test('splits the path of a release', () => {
    get('/reviews/1').goesTo(release.canary, { percent: 10 });
  });

  test('limits every request', () => {
    visitor.everyRequestTo('https://shop.example.com').hasTimeout(Duration.seconds(5));
  });

  test('knows no other host and no other port', () => {
    visitor.get('https://other.example.com/').isRefused();
    visitor.get('http://other.example.com/').isNotFound();
    visitor.get('https://shop.example.com:8443/').isRefused();
  });
});

test('TLS that is passed through goes by its server name', () => {
  const chart = testChart();
  const vault = ServiceHost.fromName('vault', { port: 8200 });
  const route = new TlsPassthroughRoute(chart, 'Vault', { hosts: ['vault.example.com'], action: TcpAction.forward(vault) });
  const visitor = Traffic.of(chart).from(TrafficClient.gateway(route));
  visitor.tls('vault.example.com').goesTo(vault).hasNoTimeout();
  visitor.get('https://vault.example.com/secret').goesTo(vault);
  visitor.tls('other.example.com').isRefused();
});

describe('a shared host', () => {
  type Team = (host: SharedHost, app: App) => void;
  const teams: Team[] = [
    host => host.addPath(host, '/', HttpAction.forward(web)),
    host => host.addPath(host, '/api', HttpAction.forward(api)),
    host => host.addPath(host, '/api', HttpAction.forward(cart), { headers: { 'x-team': HeaderMatch.exact('cart') } }),
    (host, app) => new DelegatedPath(new Chart(app, 'cart', { namespace: 'cart' }), 'Path', { sharedHost: host, path: '/cart' })
      .addPath('/cart/checkout', HttpAction.forward(cart)),
  ];

  function build(order: readonly number[]): Traffic {
    const app = Testing.app();
    const host = new SharedHost(new Chart(app, 'edge', { namespace: 'edge' }), 'Shop', {
      hosts: ['shop.example.com'], gateways: [Gateway.fromGatewayName('public', { namespace: 'edge' })],
    });
    order.forEach(team => teams[team](host, app));
    return Traffic.of(app);
  }

  function orders(of: readonly number[]): number[][] {
    return of.length === 0 ? [[]] : of.flatMap((first, index) =>
      orders([...of.slice(0, index), ...of.slice(index + 1)]).map(rest => [first, ...rest]));
  }

  test.each(orders([0, 1, 2, 3]))('is the same whether teams come as %d %d %d %d', (...order) => {
    const visitor = build(order).from(TrafficClient.gateway(Gateway.fromGatewayName('public', { namespace: 'edge' })));
    const get = (path: string, headers = {}) => visitor.get(`http://shop.example.com${path}`, { headers });
    get('/').goesTo(web);
    get('/apix').goesTo(web);
    get('/api/x').goesTo(api);
    get('/api/x', { 'x-team': 'cart' }).goesTo(cart);
    get('/cart/checkout').goesTo(cart);
    expect(get('/cart/checkout').route?.delegate?.namespace).toBe('cart');
  });
});

describe('an external API', () => {
  test('that the sidecar speaks TLS with has a timeout and retries', () => {
    const chart = testChart({ namespace: 'shop' });
    const payment = new ExternalApi(chart, 'Payment', {
      hosts: ['api.payment.example'], tls: ExternalTls.originate(), timeout: Duration.seconds(5), retries: RetryPolicy.attempts(1),
    });
    const client = Traffic.of(chart).from(TrafficClient.sidecar({ namespace: 'shop' }));
    const answer = client.get('http://api.payment.example/v1').goesTo(payment).hasTimeout(Duration.seconds(5)).hasRetries(1);
    expect(answer.trafficPolicy()).toContainEqual(expect.objectContaining({ part: 'tls', rule: expect.objectContaining({ name: payment.destinationRule.name }) }));
  });

  test('that the application speaks TLS with is a connection to the sidecar', () => {
    const chart = testChart();
    const mail = new ExternalApi(chart, 'Mail', { hosts: ['mail.example'], tls: ExternalTls.passthrough() });
    const client = Traffic.of(chart).from(TrafficClient.sidecar());
    const answer = client.get('https://mail.example/').goesTo(mail).hasNoTimeout();
    expect(answer.why).toContain('the proxy does not look into the connection');
  });

  test('that nobody registered passes through, or is refused where the mesh says so', () => {
    const open = testChart();
    new ExternalApi(open, 'Payment', { hosts: ['api.payment.example'], tls: ExternalTls.originate() });
    Traffic.of(open).from(TrafficClient.sidecar()).get('http://unknown.example/').passesThrough();
    Traffic.of(open, { outboundPolicy: OutboundPolicy.REGISTRY_ONLY }).from(TrafficClient.sidecar()).get('http://unknown.example/').isRefused();
    MeshSettings.configure(open, { outboundPolicy: OutboundPolicy.REGISTRY_ONLY });
    const refused = Traffic.of(open).from(TrafficClient.sidecar()).get('http://unknown.example/').isRefused();
    expect(refused.status).toBe(502);
  });
});

describe('an egress gateway', () => {
  const chart = testChart({ namespace: 'istio-system' });
  const egress = new EgressGateway(chart, 'Egress');
  const payment = egress.addApi('Payment', { hosts: ['api.payment.example'], tls: ExternalTls.originate(), timeout: Duration.seconds(10) });
  const plain = egress.addApi('Plain', { hosts: ['plain.example'], tls: ExternalTls.none(), mutualTls: false });
  const mail = egress.addApi('Mail', { hosts: ['smtp.mail.example'], tls: ExternalTls.passthrough({ port: 465 }) });
  const tunnel = egress.addApi('Tunnel', { hosts: ['tunnel.example'], tls: ExternalTls.passthrough({ port: 8443 }), mutualTls: true });
  const client = Traffic.of(chart).from(TrafficClient.sidecar({ namespace: 'istio-system' }));
  const host = egress.destinationRule;

  test('is the first hop, and sends on what it gets as the second', () => {
    client.get('http://api.payment.example/v1?a=1').goesTo(host).hasNoTimeout()
      .atGateway(egress).goesTo(payment).hasTimeout(Duration.seconds(10)).upstreamSees({ path: '/v1?a=1', authority: 'api.payment.example' });
  });

  test('takes plain text where mutual TLS is switched off', () => {
    client.get('http://plain.example/').goesTo(host).atGateway(egress).goesTo(plain);
  });

  test('passes on TLS of the application by its server name', () => {
    client.tls('smtp.mail.example', { port: 465 }).goesTo(host).atGateway(egress).goesTo(mail);
  });

  test('ends the tunnel around TLS of the application', () => {
    client.tls('tunnel.example', { port: 8443 }).goesTo(host).atGateway(egress).goesTo(tunnel);
  });
});

describe('other names', () => {
  test('an alias leads to the service that it stands for', () => {
    const chart = testChart({ namespace: 'shop' });
    const ledger = ServiceHost.fromName('ledger', { namespace: 'finance', port: 8080 });
    new InternalAlias(chart, 'Ledger', { host: 'ledger.internal.example', target: AliasTarget.service(ledger), ports: [EntryPort.http(80)] });
    Traffic.of(chart).from(TrafficClient.sidecar({ namespace: 'shop' })).get('http://ledger.internal.example/x').goesTo(ledger);
  });

  test('a database is found by its address, and TLS by its name', () => {
    const chart = testChart();
    const orders = new ExternalTcpService(chart, 'Orders', { host: 'orders-db.example.com', addresses: ['10.20.0.5'], ports: [EntryPort.tcp(5432)] });
    const events = new ExternalTcpService(chart, 'Events', { host: 'broker.example.com', ports: [EntryPort.tls(9093)] });
    const client = Traffic.of(chart).from(TrafficClient.sidecar());
    client.tcp('10.20.0.5', 5432).goesTo(orders);
    client.tcp('orders-db.example.com', 5432).goesTo(orders);
    client.tls('broker.example.com', { port: 9093 }).goesTo(events);
    client.tcp('10.20.0.6', 5432).passesThrough();
  });
});
