import { Chart, Duration } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import {
  Audience, CanaryRelease, ClientTls, DestinationRule, ExternalApi, ExternalTls, Findings, Gateway, HeaderMatch, HttpAction, IngressRoute,
  PathRewrite, PolicyPreset, ServiceHost, Traffic, TrafficClient, TrafficMirror, TrafficSource,
} from '../../lib';
import { specOf, testChart } from '../util';

// the mistakes that people make by hand: what becomes of a request there, and with the pattern for the same intent

const api = ServiceHost.fromName('api', { namespace: 'shop', port: 8080 });
const frontend = ServiceHost.fromName('frontend', { namespace: 'shop', port: 8080 });
const versions = { service: ServiceHost.fromName('reviews', { port: 9080 }), stable: { version: 'v1' }, canary: { version: 'v2' } };

function written(yaml: string): object[] {
  return parseAllDocuments(yaml).map(document => {
    const object = document.toJS();
    return { apiVersion: 'networking.istio.io/v1', ...object, metadata: { name: 'hand', namespace: 'shop' } };
  });
}

const GATEWAY = `
kind: Gateway
spec:
  selector: { istio: ingressgateway }
  servers: [{ hosts: [shop.example.com], port: { name: http, number: 80, protocol: HTTP } }]
---
`;
const routes = (http: string, host = 'shop.example.com') => `
kind: VirtualService
spec:
  hosts: [${host}]
  gateways: [hand]
  http:
${http}`;
const TO_API = 'route: [{ destination: { host: api.shop.svc.cluster.local, port: { number: 8080 } } }]';
const TO_FRONTEND = 'route: [{ destination: { host: frontend.shop.svc.cluster.local, port: { number: 8080 } } }]';

/** A visitor of a gateway that is written by hand. */
function byHand(http: string, host?: string): TrafficSource {
  return Traffic.fromManifests(written(GATEWAY + routes(http, host))).from(TrafficClient.gateway(Gateway.fromGatewayName('hand', { namespace: 'shop' })));
}

/** A visitor of a gateway that a pattern makes. */
function byPattern(addPaths: (shop: IngressRoute) => void): TrafficSource {
  const chart = testChart({ namespace: 'shop' });
  const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
  addPaths(shop);
  return Traffic.of(chart).from(TrafficClient.gateway(shop.gateway));
}

const client = (traffic: Traffic) => traffic.from(TrafficClient.sidecar({ namespace: 'shop' }));
const url = (path: string) => `http://shop.example.com${path}`;

describe('/apix', () => {
  test('by hand: a prefix takes it, because prefixes are compared as text', () => {
    byHand(`  - match: [{ uri: { prefix: /api } }]\n    ${TO_API}`).get(url('/apix')).goesTo(api);
  });

  test('with a path: nothing takes it, and everything else stays', () => {
    const visitor = byPattern(shop => shop.addPath('/api', HttpAction.forward(api)));
    visitor.get(url('/apix')).isNotFound();
    ['/api', '/api/', '/api/x', '/api?x=1'].forEach(path => visitor.get(url(path)).goesTo(api));
  });
});

describe('a double slash after a rewrite', () => {
  test('by hand: what is left of the path is put behind the slash', () => {
    byHand(`  - match: [{ uri: { prefix: /api } }]\n    rewrite: { uri: / }\n    ${TO_API}`).get(url('/api/x')).upstreamSees({ path: '//x' });
  });

  test('by hand, with a slash more: the path itself is not found', () => {
    byHand(`  - match: [{ uri: { prefix: /api/ } }]\n    rewrite: { uri: / }\n    ${TO_API}`).get(url('/api')).isNotFound();
  });

  test('with a path: there is one slash', () => {
    const visitor = byPattern(shop => {
      shop.addPath('/api', HttpAction.forward(api), { rewrite: PathRewrite.strip() });
      shop.addPath('/old', HttpAction.forward(api), { rewrite: PathRewrite.replace('/v2') });
    });
    for (const [path, seen] of [['/api', '/'], ['/api/x', '/x'], ['/api/x?y=//', '/x?y=//'], ['/old', '/v2'], ['/old/x', '/v2/x']]) {
      visitor.get(url(path)).upstreamSees({ path: seen });
    }
  });
});

describe('catch-all before specific', () => {
  test('by hand: the shorter prefix takes everything', () => {
    byHand(`  - match: [{ uri: { prefix: /api } }]\n    ${TO_FRONTEND}\n  - match: [{ uri: { prefix: /api/v2 } }]\n    ${TO_API}`).get(url('/api/v2/x')).goesTo(frontend);
  });

  test('with paths: the longest comes first, whatever the order of the calls', () => {
    const visitor = byPattern(shop => {
      shop.addPath('/', HttpAction.forward(frontend));
      shop.addPath('/api', HttpAction.forward(frontend));
      shop.addPath('/api/v2', HttpAction.forward(api));
    });
    visitor.get(url('/api/v2/x')).goesTo(api);
    visitor.get(url('/api/v1')).goesTo(frontend);
  });
});

describe('a host that the gateway does not cover', () => {
  test('by hand: nobody is routed', () => {
    const visitor = byHand(`  - ${TO_API}`, 'www.example.com');
    visitor.get('http://www.example.com/').isNotFound();
  });

  test('with a pattern: is an error', () => {
    expect(() => new IngressRoute(testChart(), 'Www', {
      hosts: ['www.example.com'], gateway: Gateway.fromGatewayAttributes({ name: 'hand', namespace: 'shop', hosts: ['shop.example.com'] }),
    })).toThrow("[test/Www] hosts: the host 'www.example.com' is not covered by the servers of the gateway 'shop/hand', whose hosts are 'shop.example.com'");
  });
});

describe('a subset that is missing after a rollback', () => {
  const split = (weights: [number, number]) => `
kind: VirtualService
spec:
  hosts: [reviews]
  http:
  - match: [{ headers: { x-tester: {} } }]
    route: [{ destination: { host: reviews, subset: v2 } }]
  - route:
    - { destination: { host: reviews, subset: v1 }, weight: ${weights[0]} }
    - { destination: { host: reviews, subset: v2 }, weight: ${weights[1]} }
---
kind: DestinationRule
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
`;

  test('by hand: whoever is routed to it gets an error', () => {
    const traffic = client(Traffic.fromManifests(written(split([90, 10]))));
    traffic.get('http://reviews/', { draw: 95 }).isUnreachable();
    client(Traffic.fromManifests(written(split([100, 0])))).get('http://reviews/', { headers: { 'x-tester': '1' } }).isUnreachable();
  });

  test('with a pattern: a rollback is a number, and testers still reach the version', () => {
    const chart = testChart({ namespace: 'shop' });
    const release = new CanaryRelease(chart, 'Reviews', { ...versions, canaryPercent: 0, canaryFor: [Audience.header('x-tester', HeaderMatch.present())] });
    const traffic = client(Traffic.of(chart));
    traffic.get('http://reviews:9080/').goesTo(release.stable).avoids(release.canary);
    traffic.get('http://reviews:9080/', { headers: { 'x-tester': '1' } }).goesTo(release.canary);
  });
});

const external = (protocol: string) => `
kind: ServiceEntry
spec:
  hosts: [api.example.com]
  ports: [{ name: https, number: 443, protocol: ${protocol} }]
  resolution: DNS
---
`;

describe('TLS inside TLS', () => {
  test('with the resources: is found at synth', () => {
    const chart = testChart();
    const opaque = new ExternalApi(chart, 'Api', { hosts: ['api.example.com'], tls: ExternalTls.passthrough() });
    new DestinationRule(chart, 'Rule', { host: opaque.serviceEntry, trafficPolicy: { tls: ClientTls.simple() } });
    expect(Findings.of(chart).map(({ code }) => code)).toContain('CI0003');
  });

  test('with a pattern: cannot be said, each way to speak TLS has one layer', () => {
    for (const tls of [ExternalTls.passthrough(), ExternalTls.originate(), ExternalTls.none()]) {
      const chart = testChart();
      new ExternalApi(chart, 'Api', { hosts: ['api.example.com'], tls });
      expect(Findings.of(chart)).toEqual([]);
    }
  });
});

describe('a timeout where the application speaks TLS', () => {
  test('by hand: is ignored', () => {
    const traffic = Traffic.fromManifests(written(`${external('HTTPS')}
kind: VirtualService
spec:
  hosts: [api.example.com]
  http: [{ timeout: 3s, route: [{ destination: { host: api.example.com, port: { number: 443 } } }] }]
`));
    client(traffic).tls('api.example.com').hasNoTimeout();
  });

  test('with a pattern: applies, or is an error', () => {
    const chart = testChart({ namespace: 'shop' });
    const props = { hosts: ['api.example.com'], timeout: Duration.seconds(3) };
    const [good, bad] = [ExternalTls.originate(), ExternalTls.passthrough()];
    new ExternalApi(chart, 'Api', { ...props, tls: good });
    client(Traffic.of(chart)).get('http://api.example.com/').hasTimeout(Duration.seconds(3));
    expect(() => new ExternalApi(chart, 'Opaque', { ...props, tls: bad })).toThrow('timeout must be left out with ExternalTls.passthrough()');
  });
});

test('failover without outlier detection: a preset brings it, because Istio never fails over without', () => {
  const policy = PolicyPreset.combine([PolicyPreset.localityFailover([{ from: 'eu', to: 'us' }])]);
  expect(policy.outlierDetection).toBeDefined();
  const chart = testChart();
  new DestinationRule(chart, 'Rule', { host: ServiceHost.fromName('ratings'), trafficPolicy: policy });
  expect(specOf(chart, 'DestinationRule').trafficPolicy).toMatchObject({
    loadBalancer: { localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } }, outlierDetection: {},
  });
});

describe('a mirror to a subset that nobody defined', () => {
  test('by hand: no copy arrives anywhere', () => {
    const traffic = Traffic.fromManifests(written(`
kind: VirtualService
spec:
  hosts: [reviews]
  http:
  - route: [{ destination: { host: reviews } }]
    mirrors: [{ destination: { host: reviews, subset: shadow } }]
---
kind: DestinationRule
spec: { host: reviews, subsets: [{ name: v1 }] }
`));
    expect(client(traffic).get('http://reviews/').mirrors.filter(({ exists }) => exists)).toEqual([]);
  });

  test('with a pattern: the shadow is a subset of the rule that it brings', () => {
    const chart: Chart = testChart({ namespace: 'shop' });
    const mirror = new TrafficMirror(chart, 'Reviews', { service: versions.service, primary: { version: 'v1' }, shadow: { version: 'v2' }, percent: 10 });
    const answer = client(Traffic.of(chart)).get('http://reviews:9080/').goesTo(mirror.primary).isMirroredTo(mirror.shadow, { percent: 10 });
    expect(answer.mirrors.map(({ exists }) => exists)).toEqual([true]);
  });
});
