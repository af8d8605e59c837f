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

function withServers(servers: readonly object[]) {
  return networking('Gateway', 'public', { selector: { istio: 'public' }, servers });
}

function matching(match: object) {
  return networking('VirtualService', 'shop', {
    hosts: ['shop.example.com'],
    gateways: ['public', 'mesh'],
    http: [{ match: [match], route: [{ destination: { host: 'frontend' } }] }],
  });
}

function atPublic(match: object) {
  return networking('VirtualService', 'shop', { hosts: ['shop.example.com'], gateways: ['public'], http: [{ match: [match], route: TO_FRONTEND }] });
}

const TO_FRONTEND = [{ destination: { host: 'frontend', port: { number: 8080 } } }];
const HTTP = { hosts: ['shop.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } };
const HTTPS = { hosts: ['shop.example.com'], port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'shop-tls' } };
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
    code: 'CI0016',
    wrong: [withServers([{ ...HTTPS, hosts: BOTH }, { ...HTTPS, port: { ...HTTPS.port, name: 'https-www' }, hosts: ['www.example.com'] }])],
    at: ['Gateway/public spec.servers[1]'],
    right: [withServers([{ ...HTTPS, hosts: BOTH }])],
  },
  {
    code: 'CI0016',
    title: 'TLS and plain text on one port',
    wrong: [withServers([HTTP, { ...HTTPS, port: { ...HTTPS.port, number: 80 } }])],
    at: ['Gateway/public spec.servers[1]'],
    right: [withServers([HTTP, HTTPS])],
  },
  {
    code: 'CI0017',
    wrong: [matching({ gateways: ['internal'] })],
    at: ['VirtualService/shop spec.http[0].match[0].gateways[0]'],
    right: [matching({ gateways: ['public'] })],
  },
  {
    code: 'CI0018',
    wrong: [matching({ gateways: ['public'], sourceLabels: { app: 'frontend' } })],
    at: ['VirtualService/shop spec.http[0].match[0].sourceLabels'],
    right: [matching({ sourceLabels: { app: 'frontend' } })],
  },
  {
    code: 'CI0029',
    title: 'the authority of another host',
    wrong: [gateway('public', ...BOTH), atPublic({ authority: { exact: 'www.example.com' } })],
    at: ['VirtualService/shop spec.http[0].match[0].authority.exact'],
    right: [gateway('public', ...BOTH), atPublic({ authority: { exact: 'shop.example.com' } })],
  },
  {
    code: 'CI0035',
    wrong: [gateway('public', '*/*', './shop.example.com')],
    at: ['Gateway/public spec.servers[0].hosts[1]'],
    right: [gateway('public', '*/*')],
  },
  {
    code: 'CI0010',
    wrong: [gateway('public', 'shop.example.com', 'web/www.example.com'), shop(BOTH, ['public'])],
    at: ['VirtualService/shop spec.hosts[1]'],
    right: [gateway('public', 'shop.example.com', 'shop/www.example.com'), shop(BOTH, ['public'])],
  },
];
