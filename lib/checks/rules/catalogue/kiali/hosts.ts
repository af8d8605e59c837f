import { networking, RuleExample, service } from '../example';

function gateway(name: string, ...hosts: readonly string[]) {
  return networking('Gateway', name, {
    selector: { istio: 'ingressgateway' },
    servers: [{ hosts, port: { number: 80, name: 'http', protocol: 'HTTP' } }],
  });
}

function sidecar(host: string) {
  return networking('Sidecar', 'default', { egress: [{ hosts: [host] }] });
}

function api(name: string, exportTo: string) {
  return networking('ServiceEntry', name, {
    hosts: ['api.example.com'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], resolution: 'DNS', exportTo: [exportTo],
  });
}

function entry(name: string, protocol: string) {
  return networking('ServiceEntry', name, { hosts: ['api.example.com'], ports: [{ number: 443, name: 'secure', protocol }], resolution: 'DNS' });
}

/** Hosts that are there twice, or not at all. */
export const HOST_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'KIA0301',
    wrong: [gateway('all', '*.example.com'), gateway('shop', 'shop.example.com')],
    at: ['Gateway/shop spec.servers[0].hosts[0]'],
    right: [gateway('all', '*.example.com', 'shop.example.org')],
  },
  {
    code: 'KIA1004',
    wrong: [service('books/reviews'), sidecar('books/reviews')],
    at: ['Sidecar/default spec.egress[0].hosts[0]'],
    right: [service('books/reviews'), sidecar('books/reviews.books.svc.cluster.local')],
  },
  {
    code: 'KIA1211',
    wrong: [api('billing/api', '*'), api('shop/api', '*')],
    at: ['ServiceEntry/api spec.hosts[0]'],
    right: [api('billing/api', '.'), api('shop/api', '.')],
  },
  {
    code: 'KIA1212',
    istioVersion: '1.30',
    wrong: [entry('one', 'TLS'), entry('two', 'HTTPS')],
    at: ['ServiceEntry/one spec.ports[0].protocol', 'ServiceEntry/two spec.ports[0].protocol'],
    right: [entry('one', 'TLS')],
  },
];
