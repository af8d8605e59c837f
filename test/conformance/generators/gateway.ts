import type { Manifest } from './from-schema';
import { address, apiVersion, hostOrWildcard, label, metadata, port, protocol, someOf, unixPath } from './istio-values';
import { compact, NearlyRight } from './nearly-right';
import type { Random } from './random';

const MODES = ['PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'];
const VERSIONS = ['TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'];
const SUITES = ['ECDHE-RSA-AES256-GCM-SHA384', 'AES128-SHA', 'DES-CBC3-SHA'];
const ODD_SUITES = ['', 'ALL', '-ALL', '+AES', 'AES', 'aes128-sha', '!MD5', 'ä', 'א', 'ALL ', '1'];

/** A Gateway that Istio mostly accepts. */
export function randomGateway(random: Random): Manifest {
  const make = new NearlyRight(random);
  return compact({
    apiVersion: apiVersion(make),
    kind: 'Gateway',
    metadata: metadata(make) as Manifest['metadata'],
    spec: {
      selector: make.maybe(0.7, () => make.one<unknown, unknown>([{ istio: 'ingressgateway' }], [{}, { a: 5 }, { '': '*' }, null])),
      servers: make.list(1, 3, () => server(make)),
    },
  });
}

function server(make: NearlyRight): unknown {
  const kind = make.pick(['http', 'redirect', 'terminate', 'passthrough', 'tcp', 'any']);
  return {
    name: make.maybe(0.1, () => label(make)),
    port: make.one<unknown, unknown>([{
      number: make.pick([80, 443, port(make)]),
      name: make.one([`p${make.integer(0, 99)}`], ['', 'p', null]),
      protocol: protocolOf(kind, make),
      targetPort: make.maybe(0.03, () => port(make)),
    }], [undefined, {}]),
    hosts: make.list(1, 2, () => serverHost(make)),
    bind: make.maybe(0.15, () => make.way(() => address(make), () => unixPath(make), () => '')),
    tls: tlsOf(kind, make),
    defaultEndpoint: make.maybe(0.05, () => '127.0.0.1:80'),
  };
}

function serverHost(make: NearlyRight): string {
  const name = make.one(['www.example.com', '*.example.com', '*', 'a.b.c', '10.0.0.1'], [hostOrWildcard(make), 'localhost', '*.', '::1', 'fe80::1.2.3.4%eth0']);
  return make.chance(0.3) ? `${make.one(['*', '.', 'ns'], ['', '~', 'a.b', 'a_b'])}/${make.one([name], ['', `${name}/a`])}` : name;
}

function protocolOf(kind: string, make: NearlyRight): unknown {
  switch (kind) {
    case 'http':
    case 'redirect':
      return make.one(['HTTP', 'HTTP2', 'GRPC', 'http'], [protocol(make)]);
    case 'terminate':
    case 'passthrough':
      return make.one(['HTTPS', 'TLS'], [protocol(make)]);
    case 'tcp':
      return make.one(['TCP', 'MONGO'], [protocol(make)]);
    default:
      return protocol(make);
  }
}

function tlsOf(kind: string, make: NearlyRight): unknown {
  switch (kind) {
    case 'redirect':
      return { httpsRedirect: true, ...make.isOdd() ? someOf(make, tlsFields(make), 0.2) : {} };
    case 'terminate':
      return terminating(make);
    case 'passthrough':
      return { mode: make.one(['PASSTHROUGH', 'AUTO_PASSTHROUGH', undefined], [0, 3, null]), ...make.isOdd() ? someOf(make, tlsFields(make), 0.2) : {} };
    case 'any':
      return make.maybe(0.7, () => someOf(make, tlsFields(make)));
    default:
      return make.isOdd() ? someOf(make, tlsFields(make), 0.2) : undefined;
  }
}

function terminating(make: NearlyRight): unknown {
  const mode = make.one(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL', 'ISTIO_MUTUAL'], [1, 2, 4, 5, 9, 'simple', 'NONE', null]);
  const source = make.pick([['credentialName'], ['credentialNames'], ['serverCertificate', 'privateKey', 'caCertificates'], ['tlsCertificates', 'caCertificates'], [], []]);
  const wanted = mode === 'ISTIO_MUTUAL' ? [] : source;
  const fields = tlsFields(make);
  const extra = make.chance(0.2) ? make.pick(Object.keys(fields)) : undefined;
  const names = [...wanted, ...extra === undefined ? [] : [extra]].filter(() => !make.isOdd());
  return { mode, ...make.isOdd() ? someOf(make, fields, 0.1) : {}, ...Object.fromEntries(names.map(name => [name, fields[name]()])) };
}

function tlsFields(make: NearlyRight): { [name: string]: () => unknown } {
  const text = (right: string) => () => make.one<unknown, unknown>([right], ['', null, 5]);
  return {
    mode: () => make.pick(MODES),
    httpsRedirect: () => make.one([true, false], ['true', null]),
    serverCertificate: text('/etc/certs/tls.crt'),
    privateKey: text('/etc/certs/tls.key'),
    caCertificates: text('/etc/certs/ca.crt'),
    caCrl: text('/etc/certs/crl.pem'),
    credentialName: text('cert'),
    credentialNames: () => make.list(1, 2, () => 'cert'),
    caCertCredentialName: text('ca'),
    tlsCertificates: () => make.list(1, make.chance(0.1) || make.isOdd() ? 3 : 2, () => someOf(make, {
      serverCertificate: text('/a.crt'), privateKey: text('/a.key'), caCertificates: text('/ca.crt'),
    }, make.one([1], [0.7]))),
    subjectAltNames: () => make.list(1, 2, () => 'a'),
    minProtocolVersion: () => make.one(VERSIONS, [1, 2, 9, 'TLSV1', -1, 1.5]),
    maxProtocolVersion: () => make.pick(VERSIONS),
    cipherSuites: () => make.list(1, 3, () => make.one(SUITES, ODD_SUITES)),
    insecureSkipVerify: () => make.one([true, false], [null, 'true']),
  };
}
