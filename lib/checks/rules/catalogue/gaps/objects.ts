import { networking, RuleExample } from '../example';

function routesTo(version: string) {
  return networking('VirtualService', 'reviews', { hosts: ['reviews'], http: [{ route: [{ destination: { host: version } }] }] });
}

/** Objects as such. */
export const OBJECT_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'CI0002',
    wrong: [routesTo('reviews-v1'), routesTo('reviews-v2')],
    at: ['VirtualService/reviews metadata.name'],
    right: [routesTo('reviews-v1')],
  },
];
