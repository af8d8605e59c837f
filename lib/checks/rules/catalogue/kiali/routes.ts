import { networking, RuleExample } from '../example';

function split(route: readonly object[]) {
  return networking('VirtualService', 'reviews', { hosts: ['reviews'], http: [{ route }] });
}

const TO_REVIEWS = { destination: { host: 'reviews' } };

/** Routes and their destinations. */
export const ROUTE_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'KIA1104',
    wrong: [split([{ ...TO_REVIEWS, weight: 90 }])],
    at: ['VirtualService/reviews spec.http[0].route[0].weight'],
    right: [split([{ ...TO_REVIEWS, weight: 90 }, { destination: { host: 'reviews-next' }, weight: 10 }])],
  },
];
