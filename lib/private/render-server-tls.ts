import { describe, oneOf } from './describe';
import { checkSecretName, checkSubjectAltName } from './tls-names';
import { checkBoolean, checkFilledList, checkGiven, checkString, checkStruct, checkUnique, fail } from './validation';
import type { Wire } from './wire';
import type { GatewaySpecServersTls } from '../../imports/networking.istio.io';
import type { ServerCertificateFiles, ServerTlsMutualFilesOptions, ServerTlsMutualOptions, ServerTlsOptions } from '../server-tls';

export type ServerTlsSpec = Wire<GatewaySpecServersTls>;

const VERSIONS = ['TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'];

/** What a server's own certificate is taken from when it stands in one secret or two. */
export function renderCredentials(first: string, second: string | undefined): Partial<ServerTlsSpec> {
  checkSecretName('credentialName', checkGiven('credentialName', first));
  checkSecretName('secondCredentialName', second);
  if (first === second) {
    throw new Error(`secondCredentialName must name another secret than credentialName, got ${describe(second)} for both`);
  }
  return second === undefined ? { credentialName: first } : { credentialNames: [first, second] };
}

/** What a server's own certificate is taken from when it stands in files of the proxy. */
export function renderFiles(first: ServerCertificateFiles, second: ServerCertificateFiles | undefined): Partial<ServerTlsSpec> {
  const files = renderPair('files', first);
  return second === undefined ? files : { tlsCertificates: [files, renderPair('secondFiles', second)] };
}

function renderPair(property: string, files: ServerCertificateFiles): { serverCertificate: string; privateKey: string } {
  checkStruct(property, files, ['serverCertificate', 'privateKey']);
  return {
    serverCertificate: checkPath(`${property}.serverCertificate`, files.serverCertificate),
    privateKey: checkPath(`${property}.privateKey`, files.privateKey),
  };
}

function checkPath(property: string, path: string): string {
  return checkString(property, checkGiven(property, path));
}

/** TLS versions and cipher suites. */
export function renderProtocol(options: ServerTlsOptions): Partial<ServerTlsSpec> {
  const min = checkVersion('minProtocolVersion', options.minProtocolVersion);
  const max = checkVersion('maxProtocolVersion', options.maxProtocolVersion);
  // the mesh's own defaults can raise the least version but not lower it
  const least = min === undefined || min === 'TLS_AUTO' ? 'TLSV1_2' : min;
  if (max !== undefined && max !== 'TLS_AUTO' && VERSIONS.indexOf(max) < VERSIONS.indexOf(least)) {
    throw new Error(`maxProtocolVersion must not be below minProtocolVersion (${least === min ? least : `${least} unless given`}), got ${max}`);
  }
  return { minProtocolVersion: min, maxProtocolVersion: max, cipherSuites: checkCipherSuites('cipherSuites', options.cipherSuites) };
}

function checkVersion(property: string, version: ServerTlsOptions['minProtocolVersion']): typeof version {
  if (version !== undefined && !VERSIONS.includes(version)) {
    fail(property, oneOf(VERSIONS), version);
  }
  return version;
}

const CIPHER_SUITES = [
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA', 'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA', 'DES-CBC3-SHA',
];

function checkCipherSuites(property: string, suites: string[] | undefined): string[] | undefined {
  const checked = checkFilledList(property, suites, (item, suite) => {
    checkString(item, suite);
    // operators such as '-AES256-SHA' and groups pass Istio unseen
    if (suite !== 'ALL' && /^[\p{L}\p{N}]/u.test(suite) && !CIPHER_SUITES.includes(suite)) {
      fail(item, oneOf(CIPHER_SUITES), suite);
    }
    return suite;
  });
  checkUnique(property, checked ?? []);
  return checked;
}

/** How clients are verified by certificates that stand in secrets. */
export function renderVerification(options: ServerTlsMutualOptions): Partial<ServerTlsSpec> {
  return {
    caCertCredentialName: checkSecretName('caCertCredentialName', options.caCertCredentialName),
    subjectAltNames: renderSubjectAltNames(options),
    verifyCertificateHash: checkFilledList('verifyCertificateHash', options.verifyCertificateHash, (item, hash) => {
      if (typeof hash !== 'string' || !/^([0-9a-f]{64}|([0-9a-f]{2}:){31}[0-9a-f]{2})$/i.test(hash)) {
        fail(item, 'a SHA-256 hash in 64 hexadecimal digits, with or without colons between pairs', hash);
      }
      return hash;
    }),
    verifyCertificateSpki: checkFilledList('verifyCertificateSpki', options.verifyCertificateSpki, (item, hash) => {
      if (typeof hash !== 'string' || !/^[0-9A-Za-z+/]{43}=$/.test(hash)) {
        fail(item, 'a SHA-256 hash in base64, 44 characters', hash);
      }
      return hash;
    }),
    insecureSkipVerify: checkBoolean('insecureSkipVerify', options.insecureSkipVerify),
  };
}

/** How clients are verified by certificates that stand in files of the proxy. */
export function renderFileVerification(options: ServerTlsMutualFilesOptions): Partial<ServerTlsSpec> {
  return {
    caCertificates: checkPath('caCertificates', options.caCertificates),
    caCrl: checkString('caCrl', options.caCrl),
    subjectAltNames: renderSubjectAltNames(options),
    insecureSkipVerify: checkBoolean('insecureSkipVerify', options.insecureSkipVerify),
  };
}

export function renderSubjectAltNames(options: { readonly subjectAltNames?: string[] }): string[] | undefined {
  return checkFilledList('subjectAltNames', options.subjectAltNames, checkSubjectAltName);
}
