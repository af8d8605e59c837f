import type { Server } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import { indexStep } from '../../property-path';
import type { Report } from '../finding';

type ServerTls = NonNullable<Server['tls']>;

const CIPHER_SUITES: ReadonlySet<string> = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'AES128-SHA', 'AES256-SHA', 'DES-CBC3-SHA',
]);

const CERTIFICATE_FIELDS = ['serverCertificate', 'privateKey', 'caCertificates', 'tlsCertificates', 'credentialName', 'credentialNames'] as const;

const MODES_WITH_CERTIFICATE: ReadonlySet<string> = new Set(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL']);

/** Whether the gateway does not end the TLS connection itself, which is so where no mode is given. */
export function isPassthrough(tls: ServerTls): boolean {
  return tls.mode === undefined || tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH';
}

export function checkServerTls(report: Report, tls: ServerTls): void {
  checkCipherSuites(report, tls);
  if (tls.mode === 'ISTIO_MUTUAL') {
    for (const field of CERTIFICATE_FIELDS) {
      if (isSet(tls, field)) {
        report.error('GW14', `.${field}`, 'must not be given in mode ISTIO_MUTUAL, which uses the certificates of the mesh');
      }
    }
    return;
  }
  if (isPassthrough(tls)) {
    checkPassthrough(report, tls);
  }
  checkSources(report, tls);
  const hasMode = MODES_WITH_CERTIFICATE.has(tls.mode ?? '');
  if (hasMode && (isSet(tls, 'credentialName') || isSet(tls, 'credentialNames'))) {
    return;
  }
  if (hasMode) {
    checkFiles(report, tls);
  }
  if (isSet(tls, 'caCrl')) {
    if (isSet(tls, 'credentialName')) {
      report.error('GW21', '.caCrl', 'must not be given with credentialName', { fix: "put the list into the credential, with key 'ca.crl'" });
    }
    if (tls.mode === 'SIMPLE') {
      report.error('GW21', '.caCrl', 'must not be given in mode SIMPLE, in which clients show no certificate', { fix: 'use mode MUTUAL' });
    }
  }
}

function isSet(tls: ServerTls, field: typeof CERTIFICATE_FIELDS[number] | 'caCrl'): boolean {
  return tls[field] !== undefined && tls[field] !== '';
}

function checkCipherSuites(report: Report, tls: ServerTls): void {
  const suites = tls.cipherSuites;
  if (suites === undefined) {
    if (tls.minProtocolVersion === 'TLSV1_0' || tls.minProtocolVersion === 'TLSV1_1') {
      report.warn('GW12', '.minProtocolVersion', `${tls.minProtocolVersion} needs cipher suites, the default ones are of TLS 1.2`, {
        value: tls.minProtocolVersion, fix: 'list them in cipherSuites',
      });
    }
    return;
  }
  const seen = new Set<string>();
  suites.forEach((suite, index) => {
    if (!isCipherSuite(suite)) {
      report.warn('GW13', `.cipherSuites${indexStep(index)}`, `${describe(suite)} is ignored, Istio does not know it`, { value: suite });
    } else if (seen.has(suite)) {
      report.warn('GW13', `.cipherSuites${indexStep(index)}`, `${describe(suite)} is ignored, it is in the list already`, { value: suite });
    }
    seen.add(suite);
  });
}

function isCipherSuite(suite: string): boolean {
  return CIPHER_SUITES.has(suite) || suite === 'ALL' || startsWithOperator(suite);
}

/** Whether a text is empty or begins with what is neither letter nor digit, for a byte alone: Istio does not decode UTF-8 here. */
function startsWithOperator(suite: string): boolean {
  const code = suite.codePointAt(0) ?? 0;
  if (code < 0x80) {
    return !/^[0-9A-Za-z]/.test(suite);
  }
  // of the bytes that can begin a character, only D7, a multiplication sign in Latin-1, is no letter there
  return code >= 0x5c0 && code <= 0x5ff;
}

function checkPassthrough(report: Report, tls: ServerTls): void {
  const given = ['caCrl', ...CERTIFICATE_FIELDS].filter(field => isSet(tls, field as 'caCrl'));
  if (given.length > 0) {
    const mode = tls.mode === undefined ? 'without mode, which means PASSTHROUGH' : `in mode ${tls.mode}`;
    report.warn('GW15', '', `has ${given.join(', ')}, which ${given.length === 1 ? 'is' : 'are'} ignored ${mode}`, { fix: 'set mode to SIMPLE or MUTUAL' });
  }
}

function checkSources(report: Report, tls: ServerTls): void {
  const sources = [
    isSet(tls, 'serverCertificate') && isSet(tls, 'privateKey') ? 'serverCertificate and privateKey' : '',
    ...(['credentialName', 'credentialNames', 'tlsCertificates'] as const).map(field => isSet(tls, field) ? field : ''),
  ].filter(source => source !== '');
  if (sources.length > 1) {
    report.error('GW16', '', `must take its certificate from one place, got ${sources.join(', ')}`);
  }
}

function checkFiles(report: Report, tls: ServerTls): void {
  if (tls.mode !== 'SIMPLE' && !isSet(tls, 'caCertificates')) {
    report.error('GW19', '.caCertificates', `must be given in mode ${tls.mode}, in which clients show certificates`, {
      fix: 'or name a secret that holds both in credentialName',
    });
  }
  if (tls.tlsCertificates === undefined) {
    return checkPair(report, '', tls, tls.mode!);
  }
  if (tls.tlsCertificates.length > 2) {
    report.warn('GW20', '.tlsCertificates', `should have at most two certificates, one RSA and one ECDSA, got ${tls.tlsCertificates.length}`);
  }
  tls.tlsCertificates.forEach((pair, index) => checkPair(report, `.tlsCertificates${indexStep(index)}`, pair, tls.mode!));
}

function checkPair(report: Report, path: string, pair: { readonly serverCertificate?: string; readonly privateKey?: string }, mode: string): void {
  for (const field of ['serverCertificate', 'privateKey'] as const) {
    if ((pair[field] ?? '') === '') {
      report.error('GW18', `${path}.${field}`, `must be given in mode ${mode}`, { fix: 'or name a secret in credentialName' });
    }
  }
}
