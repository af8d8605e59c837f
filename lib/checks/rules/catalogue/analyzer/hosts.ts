import { kubernetes, networking, RuleExample, service } from '../example';

const REVIEWS = service('reviews');
const HOST = 'db.example.com';

function routes(name: string, prefix: string, exportTo?: readonly string[]) {
  const http = [{ match: [{ uri: { prefix } }], route: [{ destination: { host: 'reviews' } }] }];
  return networking('VirtualService', name, { hosts: ['reviews'], exportTo, http });
}

function rule(host: string, content: object = {}) {
  return networking('DestinationRule', 'reviews', { host, ...content });
}

function subset(version: string) {
  return { subsets: [{ name: version, labels: { version } }] };
}

function entry(name: string, port: object, content: object = {}) {
  return networking('ServiceEntry', name, { hosts: [HOST], ports: [port], location: 'MESH_EXTERNAL', resolution: 'DNS', ...content });
}

function reviewsPod(version: string) {
  return kubernetes('v1', 'Pod', 'reviews', { spec: { containers: [{ name: 'main', image: 'main' }] } }, { labels: { app: 'reviews', version } });
}

/** Hosts that objects are for. */
export const HOST_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'IST0109',
    wrong: [REVIEWS, routes('one', '/one'), routes('two', '/two')],
    at: ['VirtualService/one spec.hosts[0]', 'VirtualService/two spec.hosts[0]'],
    right: [REVIEWS, routes('one', '/one')],
  },
  {
    code: 'IST0134',
    wrong: [entry('db', { number: 5432, name: 'tcp-db', protocol: 'TCP' }, { resolution: 'NONE' })],
    at: ['ServiceEntry/db spec.ports[0]'],
    alongWith: ['IST0133/SE14'],
    right: [entry('db', { number: 5432, name: 'tcp-db', protocol: 'TCP' }, { resolution: 'NONE', addresses: ['203.0.113.7'] })],
  },
  {
    code: 'IST0177',
    wrong: [entry('one', { number: 443, name: 'tls', protocol: 'TLS' }), entry('two', { number: 443, name: 'https', protocol: 'HTTPS' })],
    at: ['ServiceEntry/one spec.ports[0].protocol', 'ServiceEntry/two spec.ports[0].protocol'],
    right: [entry('one', { number: 443, name: 'tls', protocol: 'TLS' })],
  },
  {
    code: 'IST0174',
    title: 'a host that nothing has',
    closedWorld: true,
    wrong: [REVIEWS, rule('review')],
    at: ['DestinationRule/reviews spec.host'],
    right: [REVIEWS, rule('reviews')],
  },
  {
    code: 'IST0174',
    title: 'a host that is written as name.namespace',
    wrong: [REVIEWS, rule('reviews.shop')],
    at: ['DestinationRule/reviews spec.host'],
    right: [REVIEWS, rule('reviews.shop.svc.cluster.local')],
  },
  {
    code: 'IST0173',
    wrong: [REVIEWS, reviewsPod('v1'), rule('reviews', subset('v2'))],
    at: ['DestinationRule/reviews spec.subsets[0].labels'],
    right: [REVIEWS, reviewsPod('v1'), rule('reviews', subset('v1'))],
  },
  {
    code: 'IST0128',
    wrong: [REVIEWS, rule('reviews', { trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } } })],
    at: ['DestinationRule/reviews spec.trafficPolicy.tls'],
    right: [REVIEWS, rule('reviews', { trafficPolicy: { tls: { mode: 'SIMPLE', sni: 'reviews' } } })],
  },
  {
    code: 'IST0129',
    wrong: [REVIEWS, rule('reviews', { trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', insecureSkipVerify: true } }] } })],
    at: ['DestinationRule/reviews spec.trafficPolicy.portLevelSettings[0].tls'],
    right: [REVIEWS, rule('reviews', { trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE', sni: 'reviews' } }] } })],
  },
  {
    code: 'IST0002',
    wrong: [REVIEWS, delayed({ percent: 10 })],
    at: ['VirtualService/reviews spec.http[0].fault.delay.percent'],
    right: [REVIEWS, delayed({ percentage: { value: 10 } })],
  },
];

function delayed(share: object) {
  const http = [{ fault: { delay: { fixedDelay: '1s', ...share } }, route: [{ destination: { host: 'reviews' } }] }];
  return networking('VirtualService', 'reviews', { hosts: ['reviews'], http });
}
