import { ServiceHost, Traffic, TrafficClient, TrafficOptions } from '../../lib';
import { documents } from '../mesh/corpus';

function ask(yaml: string, options: TrafficOptions = {}) {
  return Traffic.fromManifests(documents(yaml) as object[], options);
}

const client = TrafficClient.sidecar({ namespace: 'shop' });
const ROUTES = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews, subset: v2 } }] }] }`;
const RULE = `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] }`;
const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { ports: [{ name: http, port: 9080 }] }`;
const EXTERNAL = ROUTES.replace('host: reviews, subset: v2', 'host: api.example.com');

describe('what no manifest defines', () => {
  test('is taken to exist elsewhere, which the answer says', () => {
    const answer = ask(ROUTES).from(client).get('http://reviews/').goesTo(ServiceHost.fromName('reviews'));
    expect(answer.notes).toEqual([
      'assumed, because it is referred to and not among the manifests: Service shop/reviews with port 80',
      'assumed, because it is referred to and not among the manifests: DestinationRule for reviews.shop.svc.cluster.local with subset v2',
    ]);
  });

  test('has the port that the client asks for', () => {
    ask(ROUTES).from(client).get('http://reviews:8123/').goesTo(ServiceHost.fromName('reviews', { port: 8123 }));
    ask(ROUTES).from(client).get('http://reviews.shop.svc.cluster.local:8123/').goesTo(ServiceHost.fromName('reviews', { port: 8123 }));
  });

  test('does not exist in a closed world', () => {
    ask(ROUTES, { closedWorld: true }).from(client).get('http://reviews/').passesThrough();
    ask(ROUTES + SERVICE, { closedWorld: true }).from(client).get('http://reviews:9080/').isUnreachable();
  });

  test('is no excuse for what a manifest contradicts', () => {
    const lacking = ask(ROUTES + RULE).from(client).get('http://reviews/').isUnreachable();
    expect(lacking.why).toContain('-> the proxy does not know port 80 of reviews.shop.svc.cluster.local, subset v2: status 503');
    ask(ROUTES + SERVICE).from(client).get('http://reviews/').passesThrough();
  });

  test('is not taken for a service where its name is none, unless it is said to be known', () => {
    ask(EXTERNAL).from(client).get('http://reviews/').isUnreachable();
    ask(EXTERNAL, { knownHosts: ['api.example.com'] }).from(client).get('http://reviews/').goesTo(ServiceHost.fromName('api.example.com'));
  });

  test('may be a gateway that a virtual service names', () => {
    const bound = ROUTES.replace('hosts: [reviews]', 'hosts: [shop.example.com], gateways: [edge/public]');
    const gateway = { toGatewayConfig: () => ({ name: 'public', namespace: 'edge' }) };
    const visitor = ask(bound).from(TrafficClient.gateway(gateway));
    const answer = visitor.get('https://shop.example.com/').goesTo(ServiceHost.fromName('reviews', { namespace: 'shop' }));
    expect(answer.notes[2]).toContain('Gateway edge/public with ports 80, 443 for all hosts');
    visitor.get('http://other.example.com/').isNotFound();
  });
});

describe('why a rule did not match', () => {
  const YAML = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
    - { name: web, match: [{ sourceLabels: { app: web } }], route: [{ destination: { host: web } }] }
    - { name: staging, match: [{ sourceNamespace: staging }], route: [{ destination: { host: reviews } }] }
    - { name: port, match: [{ port: 8080 }], route: [{ destination: { host: reviews } }] }
    - { name: api, match: [{ uri: { prefix: /api }, ignoreUriCase: true }], route: [{ destination: { host: reviews } }] }
    - { name: user, match: [{ headers: { x-user: { prefix: a } } }, { queryParams: { user: { exact: ann } } }], route: [{ destination: { host: reviews } }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: second, namespace: shop }
spec: { hosts: [reviews.shop.svc.cluster.local], http: [{ route: [{ destination: { host: reviews } }] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: edge, namespace: shop }
spec: { hosts: [reviews.shop.svc.cluster.local], gateways: [edge/public], http: [{ route: [{ destination: { host: reviews } }] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: private, namespace: other }
spec: { hosts: [reviews.shop.svc.cluster.local], exportTo: ['.'], http: [{ route: [{ destination: { host: reviews } }] }] }`;

  test('is told of each route in order, of those that are not for the client, and of other virtual services', () => {
    const answer = ask(YAML).from(client).get('http://reviews/x', { headers: { 'x-user': 'Bob' } }).isNotFound();
    expect(answer.trace.map(({ text }) => text.replace('VirtualService shop/reviews ', '').replace('VirtualService ', ''))).toEqual([
      'the sidecar of a workload in namespace shop decides about GET /x of reviews on port 80',
      'the host is that of reviews.shop.svc.cluster.local:80 (Service shop/reviews)',
      "http[0].match[0] 'web': is for clients with the labels app=web",
      "http[1].match[0] 'staging': is for clients in namespace staging, not shop",
      "http[2].match[0] 'port': is for port 8080, not 80",
      "http[3].match[0] 'api': uri must be text that begins with '/api', got '/x'",
      "http[4].match[0] 'user': header x-user must be text that begins with 'a', got 'Bob'",
      "http[4].match[1] 'user': query parameter user must be exactly 'ann', but the request has none",
      'shop/edge has the host, but is bound to edge/public and not to the sidecars of the mesh',
      'other/private has the host, but is exported to other and not to namespace shop',
      'shop/second has the host, but shop/reviews comes first, and sidecars take one virtual service for a host',
      'no route takes it: status 404',
    ]);
  });
});

describe('what holds for the chosen destination', () => {
  const YAML = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
    - fault: { delay: { fixedDelay: 2s, percentage: { value: 50 } }, abort: { httpStatus: 503, percentage: { value: 10 } } }
      retries: { attempts: 3, perTryTimeout: 1s, retryOn: '5xx' }
      route: [{ destination: { host: reviews, subset: v1 } }]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: everything, namespace: istio-system }
spec: { host: '*.svc.cluster.local', trafficPolicy: { connectionPool: { tcp: { maxConnections: 7 } } } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: user, ttl: 0s } } }, outlierDetection: { consecutive5xxErrors: 3 } }
  subsets: [{ name: v1, labels: { version: v1 }, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 9 } } }]`;

  test('is told part by part, with the rule and the property that won', () => {
    const answer = ask(YAML).from(client).get('http://reviews/');
    expect(answer.trafficPolicy().map(({ part, json, rule, property }) => [part, json, rule.name, property])).toEqual([
      ['outlierDetection', '{"consecutive5xxErrors":9}', 'reviews', 'subsets[0].trafficPolicy.outlierDetection'],
      ['loadBalancer', '{"consistentHash":{"httpCookie":{"name":"user","ttl":"0s"}}}', 'reviews', 'trafficPolicy.loadBalancer'],
    ]);
    answer.hashesBy('cookie user');
  });

  test('and so are faults and retries', () => {
    const answer = ask(YAML).from(client).get('http://reviews/').hasRetries(3);
    expect(answer.retries).toMatchObject({ attempts: 3, retryOn: '5xx', isDefault: false });
    expect(answer.faults).toMatchObject({ delayPercent: 50, abortPercent: 10, abortStatus: 503 });
    answer.isAbortedWith(503, { percent: 10 }).isDelayedBy(answer.faults.delay!, { percent: 50 });
    expect(() => answer.isAbortedWith(503)).toThrow('expected: 100 % aborted with status 503\nactual:   10 % aborted with status 503');
  });
});
