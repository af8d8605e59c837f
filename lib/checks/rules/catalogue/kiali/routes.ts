import { networking, RuleExample } from '../example';

function split(route: readonly object[]) {
  return networking('VirtualService', 'reviews', { hosts: ['reviews'], http: [{ route }] });
}

function atGateway(name: string, rule: object) {
  return networking('VirtualService', name, { hosts: ['shop.example.com'], gateways: ['edge/public'], http: [rule] });
}

const TO_REVIEWS = { destination: { host: 'reviews', port: { number: 9080 } } };

/** Routes and their destinations. */
export const ROUTE_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'KIA1104',
    wrong: [split([{ ...TO_REVIEWS, weight: 90 }])],
    at: ['VirtualService/reviews spec.http[0].route[0].weight'],
    right: [split([{ ...TO_REVIEWS, weight: 90 }, { destination: { host: 'reviews-next' }, weight: 10 }])],
  },
  {
    code: 'KIA1105',
    wrong: [split([{ ...TO_REVIEWS, weight: 50 }, { ...TO_REVIEWS, weight: 50 }])],
    at: ['VirtualService/reviews spec.http[0].route[1]'],
    right: [split([{ ...TO_REVIEWS, weight: 50 }, { destination: { host: 'reviews-next' }, weight: 50 }])],
  },
  {
    code: 'KIA1106',
    wrong: [
      atGateway('search', { match: [{ uri: { prefix: '/api/search' } }], route: [TO_REVIEWS] }),
      atGateway('api', { match: [{ uri: { prefix: '/api' } }], route: [TO_REVIEWS] }),
    ],
    at: ['VirtualService/search spec.http[0].match[0]'],
    right: [
      atGateway('search', { match: [{ uri: { prefix: '/search' } }], route: [TO_REVIEWS] }),
      atGateway('api', { match: [{ uri: { prefix: '/api' } }], route: [TO_REVIEWS] }),
    ],
  },
  {
    code: 'KIA1106',
    title: 'both take the rest',
    wrong: [atGateway('api', { route: [TO_REVIEWS] }), atGateway('web', { route: [TO_REVIEWS] })],
    at: ['VirtualService/web spec.http[0]'],
    right: [atGateway('api', { match: [{ uri: { prefix: '/api' } }], route: [TO_REVIEWS] }), atGateway('web', { route: [TO_REVIEWS] })],
  },
  {
    code: 'KIA1108',
    wrong: [atGateway('shop', { match: [{ gateways: ['public.edge'] }], route: [TO_REVIEWS] })],
    at: ['VirtualService/shop spec.http[0].match[0].gateways[0]'],
    right: [atGateway('shop', { match: [{ gateways: ['edge/public'] }], route: [TO_REVIEWS] })],
  },
];
