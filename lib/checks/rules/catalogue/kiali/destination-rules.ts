import { kubernetes, networking, RuleExample } from '../example';

function rule(name: string, host: string, spec: object, metadata: object = {}) {
  return networking('DestinationRule', name, { host, ...spec }, metadata);
}

function tls(mode: string) {
  return { trafficPolicy: { tls: { mode } } };
}

function accepts(place: string, mode: string) {
  return kubernetes('security.istio.io/v1', 'PeerAuthentication', place, { spec: { mtls: { mode } } });
}

const POOL = { connectionPool: { tcp: { maxConnections: 10 } } };
const OUTLIERS = { outlierDetection: { consecutive5xxErrors: 5 } };
const V1 = { name: 'v1', labels: { version: 'v1' } };
const ALL_OF_SHOP = '*.shop.svc.cluster.local';
const ALL = '*.svc.cluster.local';

/** DestinationRules and what they get in the way of. */
export const DESTINATION_RULE_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'KIA0005',
    closedWorld: true,
    wrong: [networking('VirtualService', 'shop', { hosts: ['shop.example.com'], exportTo: ['edge'], http: [{ redirect: { uri: '/' } }] })],
    at: ['VirtualService/shop spec.exportTo[0]'],
    right: [networking('VirtualService', 'shop', { hosts: ['shop.example.com'], exportTo: ['.'], http: [{ redirect: { uri: '/' } }] })],
  },
  {
    code: 'KIA0201',
    title: 'a policy',
    wrong: [rule('reviews', 'reviews', { trafficPolicy: POOL }), rule('reviews-outliers', 'reviews', { trafficPolicy: OUTLIERS })],
    at: ['DestinationRule/reviews-outliers spec.trafficPolicy'],
    right: [rule('reviews', 'reviews', { trafficPolicy: { ...POOL, ...OUTLIERS } })],
  },
  {
    code: 'KIA0201',
    title: 'a subset',
    wrong: [rule('reviews', 'reviews', { subsets: [V1] }), rule('reviews-more', 'reviews', { subsets: [{ name: 'v1', labels: { version: 'v2' } }] })],
    at: ['DestinationRule/reviews-more spec.subsets[0]'],
    right: [rule('reviews', 'reviews', { subsets: [V1] }), rule('reviews-more', 'reviews', { subsets: [{ name: 'v2', labels: { version: 'v2' } }] })],
  },
  {
    code: 'KIA0204',
    options: { meshConfig: { enableAutoMtls: false } },
    wrong: [rule('all', ALL_OF_SHOP, tls('ISTIO_MUTUAL')), rule('reviews', 'reviews', { trafficPolicy: POOL })],
    at: ['DestinationRule/reviews spec.trafficPolicy'],
    right: [rule('all', ALL_OF_SHOP, tls('ISTIO_MUTUAL')), rule('reviews', 'reviews', { trafficPolicy: { ...POOL, tls: { mode: 'ISTIO_MUTUAL' } } })],
  },
  {
    code: 'KIA0205',
    wrong: [accepts('istio-system/default', 'DISABLE'), rule('istio-system/all', ALL, tls('ISTIO_MUTUAL'))],
    at: ['DestinationRule/all spec.trafficPolicy.tls.mode'],
    right: [accepts('istio-system/default', 'PERMISSIVE'), rule('istio-system/all', ALL, tls('ISTIO_MUTUAL'))],
  },
  {
    code: 'KIA0206',
    wrong: [accepts('shop/default', 'DISABLE'), rule('all', ALL_OF_SHOP, tls('ISTIO_MUTUAL'))],
    at: ['DestinationRule/all spec.trafficPolicy.tls.mode'],
    right: [accepts('shop/default', 'STRICT'), rule('all', ALL_OF_SHOP, tls('ISTIO_MUTUAL'))],
  },
  {
    code: 'KIA0207',
    wrong: [accepts('shop/default', 'STRICT'), rule('all', ALL_OF_SHOP, tls('DISABLE'))],
    at: ['DestinationRule/all spec.trafficPolicy.tls.mode'],
    right: [accepts('shop/default', 'PERMISSIVE'), rule('all', ALL_OF_SHOP, tls('DISABLE'))],
  },
  {
    code: 'KIA0208',
    wrong: [accepts('istio-system/default', 'STRICT'), rule('istio-system/all', ALL, tls('DISABLE'))],
    at: ['DestinationRule/all spec.trafficPolicy.tls.mode'],
    right: [accepts('istio-system/default', 'STRICT'), rule('istio-system/all', ALL, tls('ISTIO_MUTUAL'))],
  },
  {
    code: 'KIA0209',
    wrong: [rule('reviews', 'reviews', { subsets: [{ name: 'v1' }] })],
    at: ['DestinationRule/reviews spec.subsets[0].labels'],
    right: [rule('reviews', 'reviews', { subsets: [V1] })],
  },
];
