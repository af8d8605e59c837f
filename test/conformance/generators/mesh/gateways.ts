import { GATEWAY_HOSTS, maybe, MeshObject, meshObject, NAMESPACES, NETWORKING, some } from './words';
import type { Random } from '../random';

/** Where the gateway of a random mesh runs. */
export const GATEWAY_PROXY = { namespace: 'istio-system', labels: { istio: 'ingressgateway' } };

export function randomGateways(random: Random): MeshObject[] {
  return some(random, 1, 3, index => meshObject(random, NETWORKING, 'Gateway', {
    name: `gw-${index}`,
    namespace: random.pick(['istio-system', 'istio-system', ...NAMESPACES]),
  }, {
    selector: random.chance(0.95) ? { istio: 'ingressgateway' } : { istio: 'egressgateway' },
    servers: some(random, 1, 3, number => server(random, `${index}-${number}`)),
  }));
}

function server(random: Random, name: string): object {
  const chosen = [...new Set(some(random, 1, 2, () => hostOf(random)))];
  // istiod crashes on another host with a namespace after this one
  const hosts = chosen.includes('*/*') ? ['*/*'] : chosen;
  const bind = maybe(random, 0.04, () => '127.0.0.5');
  const kind = random.pick(['http', 'http', 'http', 'http', 'redirect', 'https', 'https', 'https-passthrough', 'tls', 'tls-simple', 'auto', 'tcp']);
  const make = (protocol: string, numbers: readonly number[], tls?: object): object =>
    ({ port: { number: random.pick(numbers), name: `${protocol.toLowerCase()}-${name}`, protocol }, hosts, bind, tls });
  const simple = { mode: 'SIMPLE', credentialName: 'certificate' };
  switch (kind) {
    case 'http':
      return make(random.pick(['HTTP', 'HTTP', 'HTTP2', 'GRPC']), [80, 80, 80, 8080]);
    case 'redirect':
      return make('HTTP', [80, 80, 8080], { httpsRedirect: true });
    case 'https':
      return make('HTTPS', [443, 443, 8443], simple);
    case 'https-passthrough':
      return make('HTTPS', [443, 443, 8443], { mode: 'PASSTHROUGH' });
    case 'tls':
      return make('TLS', [443, 8443, 9443], { mode: 'PASSTHROUGH' });
    case 'tls-simple':
      return make('TLS', [443, 9443], simple);
    case 'auto':
      return make('TLS', [15443, 443], { mode: 'AUTO_PASSTHROUGH' });
    default:
      return make('TCP', [9000, 9001]);
  }
}

function hostOf(random: Random): string {
  const prefix = random.chance(0.85) ? '' : random.pick(['*/', './', 'default/', 'shop/']);
  return prefix + random.pick(GATEWAY_HOSTS);
}
