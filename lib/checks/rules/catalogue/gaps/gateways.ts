import { networking, RuleExample } from '../example';

function gateway(name: string, ...hosts: readonly string[]) {
  return networking('Gateway', name, {
    selector: { istio: name },
    servers: [{ hosts, port: { number: 80, name: 'http', protocol: 'HTTP' } }],
  });
}

function shop(hosts: readonly string[], gateways: readonly string[]) {
  return networking('VirtualService', 'shop', { hosts, gateways, http: [{ route: [{ destination: { host: 'frontend', port: { number: 8080 } } }] }] });
}

const BOTH = ['shop.example.com', 'www.example.com'];

/** Hosts at gateways. */
export const GATEWAY_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'CI0009',
    title: 'one of two hosts',
    wrong: [gateway('public', 'shop.example.com'), shop(BOTH, ['public'])],
    at: ['VirtualService/shop spec.hosts[1]'],
    right: [gateway('public', ...BOTH), shop(BOTH, ['public'])],
  },
  {
    code: 'CI0009',
    title: 'one of two gateways',
    wrong: [gateway('public', ...BOTH), gateway('internal', 'shop.example.com'), shop(BOTH, ['public', 'internal'])],
    at: ['VirtualService/shop spec.hosts[1]'],
    right: [gateway('public', ...BOTH), gateway('internal', '*.example.com'), shop(BOTH, ['public', 'internal'])],
  },
  {
    code: 'CI0010',
    wrong: [gateway('public', 'shop.example.com', 'web/www.example.com'), shop(BOTH, ['public'])],
    at: ['VirtualService/shop spec.hosts[1]'],
    right: [gateway('public', 'shop.example.com', 'shop/www.example.com'), shop(BOTH, ['public'])],
  },
];
