import type { UpstreamTls } from '../../lib/mesh/upstream-tls';

/** A client TLS setting of a rule, for whom, and what Istio makes of it. */
export interface UpstreamTlsCase {
  readonly title: string;
  readonly tls: object;
  readonly isGateway?: boolean;
  readonly selectsWorkloads?: boolean;

  /** Whether the ServiceEntry has names of its own for certificates. */
  readonly entryNames?: boolean;

  /** Whether the host is a wildcard whose names are looked up when they are asked for. */
  readonly isDynamic?: boolean;
  readonly expected: UpstreamTls | undefined;
}

const ENTRY_NAMES = ['api.partner.example', 'spiffe://elsewhere/api'];

const SYSTEM = { verifiesServer: true, caCertificates: 'system' };
const FILES = { clientCertificate: '/etc/own.pem', privateKey: '/etc/own.key' };

export const UPSTREAM_TLS_CASES: readonly UpstreamTlsCase[] = [
  { title: 'no TLS', tls: { mode: 'DISABLE', sni: 'a.example' }, expected: undefined },
  { title: 'a mode that is left out is none', tls: { sni: 'a.example' }, expected: undefined },
  {
    title: 'TLS alone asks for the host of each request, and verifies it by the certificates of the system',
    tls: { mode: 'SIMPLE' },
    expected: { mode: 'SIMPLE', subjectAltNames: [], checksName: true, ...SYSTEM },
  },
  {
    title: 'a name to ask for is not a name to check',
    tls: { mode: 'SIMPLE', sni: 'b.example' },
    expected: { mode: 'SIMPLE', sni: 'b.example', subjectAltNames: [], checksName: false, ...SYSTEM },
  },
  {
    title: 'names to check take the place of the host',
    tls: { mode: 'SIMPLE', subjectAltNames: ['b.example'] },
    expected: { mode: 'SIMPLE', subjectAltNames: ['b.example'], checksName: false, ...SYSTEM },
  },
  {
    title: 'names of the ServiceEntry are checked beside the host',
    tls: { mode: 'SIMPLE' },
    entryNames: true,
    expected: { mode: 'SIMPLE', subjectAltNames: ENTRY_NAMES, checksName: true, ...SYSTEM },
  },
  {
    title: 'names of the rule take the place of those of the ServiceEntry',
    tls: { mode: 'SIMPLE', subjectAltNames: ['b.example'] },
    entryNames: true,
    expected: { mode: 'SIMPLE', subjectAltNames: ['b.example'], checksName: false, ...SYSTEM },
  },
  {
    title: 'files of certificates that are trusted, and that are revoked',
    tls: { mode: 'SIMPLE', sni: 'b.example', caCertificates: '/etc/ca.pem', caCrl: '/etc/crl.pem' },
    expected: { mode: 'SIMPLE', sni: 'b.example', subjectAltNames: [], checksName: false, verifiesServer: true, caCertificates: '/etc/ca.pem', caCrl: '/etc/crl.pem' },
  },
  {
    title: 'nothing is verified',
    tls: { mode: 'SIMPLE', insecureSkipVerify: true },
    entryNames: true,
    expected: { mode: 'SIMPLE', subjectAltNames: [], checksName: false, verifiesServer: false },
  },
  {
    title: 'a certificate of the proxy from files',
    tls: { mode: 'MUTUAL', ...FILES, caCertificates: '/etc/ca.pem', sni: 'b.example' },
    expected: { mode: 'MUTUAL', sni: 'b.example', subjectAltNames: [], checksName: false, verifiesServer: true, caCertificates: '/etc/ca.pem', ...FILES },
  },
  {
    title: 'a secret at a gateway',
    tls: { mode: 'MUTUAL', credentialName: 'partner', subjectAltNames: ['b.example'] },
    isGateway: true,
    expected: { mode: 'MUTUAL', subjectAltNames: ['b.example'], checksName: false, verifiesServer: true, credentialName: 'partner' },
  },
  {
    title: 'of a secret without verification only the certificate of the proxy is used',
    tls: { mode: 'MUTUAL', credentialName: 'partner', insecureSkipVerify: true },
    isGateway: true,
    expected: { mode: 'MUTUAL', subjectAltNames: [], checksName: false, verifiesServer: false, credentialName: 'partner' },
  },
  { title: 'a secret in a rule for all sidecars: no TLS at all', tls: { mode: 'SIMPLE', credentialName: 'partner' }, expected: undefined },
  {
    title: 'a secret in a rule that selects workloads',
    tls: { mode: 'SIMPLE', credentialName: 'partner' },
    selectsWorkloads: true,
    expected: { mode: 'SIMPLE', subjectAltNames: [], checksName: true, verifiesServer: true, credentialName: 'partner' },
  },
  {
    title: 'a ConfigMap holds no secret, so that all sidecars get it',
    tls: { mode: 'SIMPLE', credentialName: 'configmap://default/partner' },
    expected: { mode: 'SIMPLE', subjectAltNames: [], checksName: true, verifiesServer: true, credentialName: 'configmap://default/partner' },
  },
  {
    title: 'the TLS of the mesh asks for the name of the cluster, and checks the names of the ServiceEntry',
    tls: { mode: 'ISTIO_MUTUAL' },
    entryNames: true,
    expected: { mode: 'ISTIO_MUTUAL', sni: 'outbound_.80_._.api.example', subjectAltNames: ENTRY_NAMES, checksName: false, verifiesServer: true },
  },
  {
    title: 'the TLS of the mesh with names of its own',
    tls: { mode: 'ISTIO_MUTUAL', sni: 'b.example', subjectAltNames: ['spiffe://cluster.local/ns/a/sa/b'] },
    entryNames: true,
    expected: { mode: 'ISTIO_MUTUAL', sni: 'b.example', subjectAltNames: ['spiffe://cluster.local/ns/a/sa/b'], checksName: false, verifiesServer: true },
  },
  {
    title: 'a host that is looked up when it is asked for is always checked',
    tls: { mode: 'SIMPLE', sni: 'b.example' },
    isDynamic: true,
    expected: { mode: 'SIMPLE', sni: 'b.example', subjectAltNames: [], checksName: true, ...SYSTEM },
  },
];

/** The objects of a case. */
export function objectsOfTlsCase({ tls, selectsWorkloads, entryNames, isDynamic }: UpstreamTlsCase): object[] {
  const metadata = { namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' };
  const host = isDynamic ? '*.api.example' : 'api.example';
  return [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { ...metadata, name: 'api' },
      spec: {
        hosts: [host],
        ports: [{ name: 'http', number: 80, protocol: 'HTTP' }],
        resolution: isDynamic ? 'DYNAMIC_DNS' : 'DNS',
        location: 'MESH_EXTERNAL',
        // the order is that of istiod, which sorts them
        subjectAltNames: entryNames ? [...ENTRY_NAMES].reverse() : undefined,
      },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { ...metadata, name: 'api' },
      spec: { host, trafficPolicy: { tls }, workloadSelector: selectsWorkloads ? { matchLabels: { app: 'client' } } : undefined },
    },
  ];
}
