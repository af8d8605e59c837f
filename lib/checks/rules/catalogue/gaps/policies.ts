import { networking, RuleExample, service } from '../example';

function rule(name: string, spec: object) {
  return networking('DestinationRule', name, { host: 'reviews', ...spec });
}

function policy(trafficPolicy: object) {
  return rule('reviews', { trafficPolicy });
}

const PORT = { number: 8080 };
const POOL = { tcp: { maxConnections: 10 } };
const TLS = { mode: 'ISTIO_MUTUAL' };
const OUTLIERS = { consecutive5xxErrors: 5 };
const FAILOVER = { localityLbSetting: { failover: [{ from: 'eu', to: 'us' }] } };
const REVIEWS = service('reviews', [{ name: 'http', port: 8080 }]);
const DATABASE = service('reviews', [{ name: 'tcp-db', port: 5432 }]);

function subset(trafficPolicy: object) {
  return { name: 'v1', labels: { version: 'v1' }, trafficPolicy };
}

function elsewhere(name: string) {
  return networking('DestinationRule', name, { host: 'reviews.shop.svc.cluster.local', exportTo: ['*'], trafficPolicy: { connectionPool: POOL } });
}

/** Policies of DestinationRules. */
export const POLICY_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'CI0013',
    title: 'that is exported',
    wrong: [elsewhere('policies/reviews')],
    at: ['DestinationRule/reviews spec.exportTo'],
    right: [elsewhere('shop/reviews')],
  },
  {
    code: 'CI0014',
    title: 'settings',
    wrong: [REVIEWS, policy({ portLevelSettings: [{ port: { number: 80 }, connectionPool: POOL }] })],
    at: ['DestinationRule/reviews spec.trafficPolicy.portLevelSettings[0].port.number'],
    right: [REVIEWS, policy({ portLevelSettings: [{ port: PORT, connectionPool: POOL }] })],
  },
  {
    code: 'CI0022',
    wrong: [DATABASE, policy({ loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } } })],
    at: ['DestinationRule/reviews spec.trafficPolicy.loadBalancer.consistentHash.httpHeaderName'],
    right: [DATABASE, policy({ loadBalancer: { consistentHash: { useSourceIp: true } } })],
  },
  {
    code: 'CI0023',
    wrong: [rule('reviews', { subsets: [subset({ loadBalancer: FAILOVER })] })],
    at: ['DestinationRule/reviews spec.subsets[0].trafficPolicy.loadBalancer.localityLbSetting'],
    right: [rule('reviews', { subsets: [subset({ loadBalancer: FAILOVER, outlierDetection: OUTLIERS })] })],
  },
  {
    code: 'CI0024',
    title: 'of a port',
    wrong: [policy({ tls: TLS, portLevelSettings: [{ port: PORT, connectionPool: POOL }] })],
    at: ['DestinationRule/reviews spec.trafficPolicy.portLevelSettings[0]'],
    right: [policy({ tls: TLS, portLevelSettings: [{ port: PORT, connectionPool: POOL, tls: TLS }] })],
  },
  {
    code: 'CI0024',
    title: 'of a subset',
    wrong: [rule('reviews', { trafficPolicy: { connectionPool: POOL }, subsets: [subset({ connectionPool: { http: { maxRetries: 3 } } })] })],
    at: ['DestinationRule/reviews spec.subsets[0].trafficPolicy'],
    right: [rule('reviews', { trafficPolicy: { connectionPool: POOL }, subsets: [subset({ connectionPool: { ...POOL, http: { maxRetries: 3 } } })] })],
  },
];
