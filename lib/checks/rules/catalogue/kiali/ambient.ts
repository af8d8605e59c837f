import { ExampleManifest, networking, RuleExample, service } from '../example';

function namespace(name: string, labels: object): ExampleManifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'istio.io/dataplane-mode': 'ambient', ...labels } } };
}

const WITHOUT = namespace('shop', {});
const WITH = namespace('shop', { 'istio.io/use-waypoint': 'waypoint' });
const REVIEWS = service('reviews');

function routes(name: string) {
  return networking('VirtualService', name, {
    hosts: ['reviews.shop.svc.cluster.local'],
    http: [{ route: [{ destination: { host: 'reviews.shop.svc.cluster.local' } }], timeout: '1s' }],
  });
}

function policy(name: string) {
  return networking('DestinationRule', name, {
    host: 'reviews.shop.svc.cluster.local',
    trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } },
  });
}

/** Settings for requests in namespaces of ambient mode. */
export const AMBIENT_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'KIA1109',
    wrong: [WITHOUT, routes('shop/reviews')],
    at: ['VirtualService/reviews metadata.namespace'],
    right: [WITH, routes('shop/reviews')],
  },
  {
    code: 'KIA1113',
    wrong: [WITHOUT, REVIEWS, routes('shop/reviews')],
    at: ['VirtualService/reviews spec.hosts[0]'],
    right: [WITH, REVIEWS, routes('shop/reviews')],
  },
  {
    code: 'KIA1114',
    wrong: [WITH, REVIEWS, routes('web/reviews')],
    at: ['VirtualService/reviews spec.hosts[0]'],
    right: [WITH, REVIEWS, routes('shop/reviews')],
  },
  {
    code: 'KIA0210',
    wrong: [WITHOUT, policy('shop/reviews')],
    at: ['DestinationRule/reviews spec.trafficPolicy.outlierDetection'],
    right: [WITH, policy('shop/reviews')],
  },
  {
    code: 'KIA0211',
    wrong: [WITHOUT, REVIEWS, policy('shop/reviews')],
    at: ['DestinationRule/reviews spec.trafficPolicy.outlierDetection'],
    right: [WITH, REVIEWS, policy('shop/reviews')],
  },
  {
    code: 'KIA0212',
    wrong: [WITH, REVIEWS, policy('web/reviews')],
    at: ['DestinationRule/reviews spec.trafficPolicy.outlierDetection'],
    right: [WITH, REVIEWS, policy('shop/reviews')],
  },
];
