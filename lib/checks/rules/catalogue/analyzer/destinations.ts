import { networking, RuleExample, service } from '../example';

const REVIEWS = service('reviews');
const SEVERAL_PORTS = service('reviews', [{ name: 'http', port: 8080 }, { name: 'http-admin', port: 9090 }]);
const SUBSETS = networking('DestinationRule', 'reviews', { host: 'reviews', subsets: [{ name: 'v1', labels: { version: 'v1' } }] });
const GATEWAY = networking('Gateway', 'public', {
  selector: { istio: 'ingressgateway' },
  servers: [{ hosts: ['shop.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } }],
});

function routeTo(destination: object) {
  return networking('VirtualService', 'reviews', { hosts: ['reviews'], http: [{ route: [{ destination }] }] });
}

function fromOutside(destination: object) {
  return networking('VirtualService', 'public', { hosts: ['shop.example.com'], gateways: ['public'], http: [{ route: [{ destination }] }] });
}

/** Destinations of VirtualServices. */
export const DESTINATION_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'IST0101',
    title: 'the host of a destination',
    closedWorld: true,
    wrong: [REVIEWS, routeTo({ host: 'review' })],
    at: ['VirtualService/reviews spec.http[0].route[0].destination.host'],
    right: [REVIEWS, routeTo({ host: 'reviews' })],
  },
  {
    code: 'IST0101',
    title: 'a host that is written as name.namespace',
    wrong: [REVIEWS, routeTo({ host: 'reviews.shop' })],
    at: ['VirtualService/reviews spec.http[0].route[0].destination.host'],
    right: [REVIEWS, routeTo({ host: 'reviews.shop.svc.cluster.local' })],
  },
  {
    code: 'IST0101',
    title: 'the port of a destination',
    wrong: [REVIEWS, routeTo({ host: 'reviews', port: { number: 8080 } })],
    at: ['VirtualService/reviews spec.http[0].route[0].destination.port.number'],
    right: [REVIEWS, routeTo({ host: 'reviews', port: { number: 80 } })],
  },
  {
    code: 'IST0101',
    title: 'the subset of a destination',
    wrong: [REVIEWS, SUBSETS, routeTo({ host: 'reviews', subset: 'v2' })],
    at: ['VirtualService/reviews spec.http[0].route[0].destination.subset'],
    right: [REVIEWS, SUBSETS, routeTo({ host: 'reviews', subset: 'v1' })],
  },
  {
    code: 'IST0112',
    wrong: [SEVERAL_PORTS, GATEWAY, fromOutside({ host: 'reviews' })],
    at: ['VirtualService/public spec.http[0].route[0].destination'],
    right: [SEVERAL_PORTS, GATEWAY, fromOutside({ host: 'reviews', port: { number: 8080 } })],
  },
  {
    code: 'IST0140',
    wrong: [REVIEWS, SUBSETS, GATEWAY, routeTo({ host: 'reviews', subset: 'v1' }), fromOutside({ host: 'reviews' })],
    at: ['VirtualService/public spec.http[0].route[0].destination'],
    right: [REVIEWS, SUBSETS, GATEWAY, routeTo({ host: 'reviews', subset: 'v1' }), fromOutside({ host: 'reviews', subset: 'v1' })],
  },
];
