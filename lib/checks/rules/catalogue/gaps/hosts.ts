import { deployment, networking, RuleExample, service } from '../example';

function routes(spec: object) {
  return networking('VirtualService', 'routes', { hosts: ['shop'], http: [{ route: [{ destination: { host: 'reviews' } }] }], ...spec });
}

function toHost(destination: object) {
  return routes({ http: [{ route: [{ destination }] }] });
}

function entry(host: string) {
  return networking('ServiceEntry', 'entry', {
    hosts: [host], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'STATIC', endpoints: [{ address: '10.0.0.1' }],
  });
}

function resolved(name: string, host: string) {
  return networking('ServiceEntry', name, { hosts: [host], ports: [{ number: 8443, name: 'tls', protocol: 'TLS' }], resolution: 'DNS' });
}

function gateway(name: string, hosts: readonly string[]) {
  return networking('Gateway', name, { selector: { app: 'edge' }, servers: [{ hosts, port: { number: 80, name: 'http', protocol: 'HTTP' } }] });
}

function atGateway(spec: object) {
  return routes({ hosts: ['shop.example.com'], gateways: ['public'], ...spec });
}

/** A Service that is exported to some namespaces only. */
function exported(exportTo: string) {
  const { metadata, ...rest } = service('reviews', [{ name: 'http', port: 9080 }]);
  return { ...rest, metadata: { ...metadata, annotations: { 'networking.istio.io/exportTo': exportTo } } };
}

function standingFor(externalName: string, port: number) {
  return service('reviews', [{ name: 'http', port }], { selector: undefined, type: 'ExternalName', externalName });
}

function ruleIn(namespace: string) {
  return networking('DestinationRule', `${namespace}/reviews`, { host: 'reviews.shop.svc.cluster.local', subsets: [{ name: 'v2', labels: { version: 'v2' } }] });
}

const TO_REVIEWS = [{ destination: { host: 'reviews', port: { number: 9080 } } }];
const TO_V2 = [{ destination: { host: 'reviews', subset: 'v2', port: { number: 9080 } } }];
const REVIEWS = service('reviews', [{ name: 'http', port: 9080 }]);
const V2_PODS = deployment('reviews-v2', { app: 'reviews', version: 'v2' });
const PUBLIC = gateway('public', ['*']);
const EDGE = deployment('edge/edge', { app: 'edge' });
const EDGE_SERVICE = service('edge/edge');

/** What hosts and ports mean. */
export const HOST_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'CI0014',
    title: 'a match',
    wrong: [PUBLIC, atGateway({ http: [{ match: [{ port: 8080 }], route: TO_REVIEWS }] })],
    at: ['VirtualService/routes spec.http[0].match[0].port'],
    right: [PUBLIC, atGateway({ http: [{ match: [{ port: 80 }], route: TO_REVIEWS }] })],
  },
  {
    code: 'CI0019',
    wrong: [EDGE, EDGE_SERVICE, PUBLIC, atGateway({ exportTo: ['.'], http: [{ route: TO_REVIEWS }] })],
    at: ['VirtualService/routes spec.gateways[0]'],
    right: [EDGE, EDGE_SERVICE, PUBLIC, atGateway({ exportTo: ['edge'], http: [{ route: TO_REVIEWS }] })],
  },
  {
    code: 'CI0020',
    wrong: [service('books/reviews'), routes({ hosts: ['reviews.books'] })],
    at: ['VirtualService/routes spec.hosts[0]'],
    right: [service('books/reviews'), routes({ hosts: ['reviews.books.svc.cluster.local'] })],
  },
  {
    code: 'CI0021',
    wrong: [PUBLIC, atGateway({ hosts: ['shop'] })],
    at: ['VirtualService/routes spec.hosts[0]'],
    right: [PUBLIC, atGateway({ hosts: ['shop.example.com'] })],
  },
  {
    code: 'CI0026',
    wrong: [service('reviews'), entry('reviews.shop.svc.cluster.local')],
    at: ['ServiceEntry/entry spec.hosts[0]'],
    right: [service('reviews'), entry('reviews.example.com')],
  },
  {
    code: 'CI0027',
    wrong: [service('shop'), service('reviews', [{ name: 'http', port: 9080 }]), toHost({ host: 'reviews' })],
    at: ['VirtualService/routes spec.http[0].route[0].destination'],
    right: [service('shop'), service('reviews', [{ name: 'http', port: 9080 }]), toHost({ host: 'reviews', port: { number: 9080 } })],
  },
  {
    code: 'CI0033',
    wrong: [entry('api.example.com'), resolved('entry-tls', 'api.example.com')],
    at: ['ServiceEntry/entry-tls spec.hosts[0]'],
    right: [entry('api.example.com'), resolved('entry-tls', 'tls.example.com')],
  },
  {
    code: 'CI0034',
    title: 'a host that the workload of the Gateway does not know',
    wrong: [EDGE, EDGE_SERVICE, PUBLIC, exported('.'), atGateway({ http: [{ route: TO_REVIEWS }] })],
    at: ['VirtualService/routes spec.http[0].route[0].destination'],
    right: [EDGE, EDGE_SERVICE, PUBLIC, exported('., edge'), atGateway({ http: [{ route: TO_REVIEWS }] })],
  },
  {
    code: 'CI0034',
    title: 'a subset in a rule that the workload of the Gateway does not look at',
    wrong: [EDGE, EDGE_SERVICE, PUBLIC, REVIEWS, V2_PODS, ruleIn('books'), atGateway({ http: [{ route: TO_V2 }] })],
    at: ['VirtualService/routes spec.http[0].route[0].destination'],
    right: [EDGE, EDGE_SERVICE, PUBLIC, REVIEWS, V2_PODS, ruleIn('shop'), atGateway({ http: [{ route: TO_V2 }] })],
  },
  {
    code: 'CI0034',
    title: 'a Service that stands for a host without the port',
    wrong: [EDGE, EDGE_SERVICE, PUBLIC, standingFor('ratings.shop.svc.cluster.local', 9080), service('ratings'), atGateway({ http: [{ route: TO_REVIEWS }] })],
    at: ['VirtualService/routes spec.http[0].route[0].destination'],
    right: [EDGE, EDGE_SERVICE, PUBLIC, standingFor('ratings.shop.svc.cluster.local', 80), service('ratings'), atGateway({ http: [{ route: [{ destination: { host: 'reviews' } }] }] })],
  },
];
