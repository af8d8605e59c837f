/** What a port speaks, in Istio's words; `unnamed` where Istio finds out from the first bytes. */
export type Protocol =
  'HTTP' | 'HTTP2' | 'GRPC' | 'GRPC-Web' | 'HTTP_PROXY' | 'HTTPS' | 'TLS' | 'TCP' | 'Mongo' | 'Redis' | 'MySQL' | 'UDP' | 'unnamed';

const BY_NAME: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ['http', 'HTTP'], ['http2', 'HTTP2'], ['grpc', 'GRPC'], ['grpc-web', 'GRPC-Web'], ['http_proxy', 'HTTP_PROXY'], ['https', 'HTTPS'], ['tls', 'TLS'],
  ['tcp', 'TCP'], ['mongo', 'Mongo'], ['redis', 'Redis'], ['mysql', 'MySQL'], ['udp', 'UDP'],
]);

const HTTP_FAMILY: ReadonlySet<Protocol> = new Set<Protocol>(['HTTP', 'HTTP2', 'GRPC', 'GRPC-Web', 'HTTP_PROXY']);

// names that Kubernetes itself defines for `appProtocol`
const KUBERNETES_NAMES: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ['kubernetes.io/h2c', 'HTTP2'], ['kubernetes.io/ws', 'HTTP'], ['kubernetes.io/wss', 'HTTPS'],
]);

// smtp, dns, mysql and mongodb, where the server speaks first
const TCP_PORTS: ReadonlySet<number> = new Set([25, 53, 3306, 27017]);

export function parseProtocol(text: string | undefined): Protocol {
  return BY_NAME.get((text ?? '').toLowerCase()) ?? 'unnamed';
}

/** The protocol of a port of a Kubernetes Service. */
export function protocolOfServicePort(number: number, name: string, transport: string | undefined, appProtocol: string | undefined): Protocol {
  if (transport === 'UDP') {
    return 'UDP';
  }
  const known = appProtocol === undefined ? undefined : KUBERNETES_NAMES.get(appProtocol);
  if (known !== undefined) {
    return known;
  }
  const text = appProtocol ?? name;
  if (text.slice(0, 8).toLowerCase() === 'grpc-web') {
    return 'GRPC-Web';
  }
  const protocol = parseProtocol(text.split('-', 1)[0]);
  return protocol === 'unnamed' && TCP_PORTS.has(number) ? 'TCP' : protocol;
}

export function isHttp(protocol: Protocol): boolean {
  return HTTP_FAMILY.has(protocol);
}

/** Whether http routes can apply to a port. */
export function isHttpOrUnnamed(protocol: Protocol): boolean {
  return protocol === 'unnamed' || isHttp(protocol);
}

/** Whether the bytes of a port are TLS, with the name of the server in clear. */
export function isTls(protocol: Protocol): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}
