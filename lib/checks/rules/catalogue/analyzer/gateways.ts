import { networking, RuleExample } from '../example';

const SERVER = { hosts: ['shop.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } };
const PUBLIC = networking('Gateway', 'public', { selector: { istio: 'ingressgateway' }, servers: [SERVER] });

function boundTo(gateway: string) {
  return networking('VirtualService', 'shop', {
    hosts: ['shop.example.com'],
    gateways: [gateway],
    http: [{ redirect: { uri: '/' } }],
  });
}

/** Gateways that VirtualServices are bound to. */
export const GATEWAY_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'IST0101',
    title: 'a gateway',
    closedWorld: true,
    wrong: [PUBLIC, boundTo('shop/publik')],
    at: ['VirtualService/shop spec.gateways[0]'],
    right: [PUBLIC, boundTo('shop/public')],
  },
];
