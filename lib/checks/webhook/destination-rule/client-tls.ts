import type { TrafficPolicy } from '../../../mesh/specs';
import { describe } from '../../../private/describe';
import type { Report } from '../finding';
import { got } from '../got';

type ClientTls = NonNullable<TrafficPolicy['tls']>;
type TextField = 'clientCertificate' | 'privateKey' | 'caCertificates' | 'caCrl' | 'credentialName';

const CONFIG_MAP = 'configmap://';

export function checkClientTls(report: Report, tls: ClientTls | undefined, namespace: string): void {
  if (tls === undefined) {
    return;
  }
  const mark = report.mark;
  checkConfigMap(report, tls.credentialName ?? '', namespace);
  if (tls.insecureSkipVerify === true) {
    checkUnverified(report, tls);
  }
  if ((tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL') && isSet(tls, 'credentialName')) {
    for (const field of ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'] as const) {
      if (isSet(tls, field)) {
        report.error('DR13', `.${field}`, 'must not be given with credentialName', { value: tls[field], fix: 'put it into the credential' });
      }
    }
  } else if (tls.mode === 'MUTUAL') {
    for (const field of ['clientCertificate', 'privateKey'] as const) {
      if (!isSet(tls, field)) {
        report.error('DR13', `.${field}`, 'must be given in mode MUTUAL', { fix: 'or name a secret that holds both in credentialName' });
      }
    }
  }
  report.under(mark, 'tls');
}

function isSet(tls: ClientTls, field: TextField): boolean {
  return tls[field] !== undefined && tls[field] !== '';
}

/** What follows the name is ignored. */
function checkConfigMap(report: Report, credentialName: string, namespace: string): void {
  if (!credentialName.startsWith(CONFIG_MAP)) {
    return;
  }
  const [owner, name = ''] = credentialName.slice(CONFIG_MAP.length).split('/', 2);
  if (owner === '' || name === '' || owner !== namespace) {
    report.error('DR13', '.credentialName', `must name a ConfigMap of the object's own namespace${got(credentialName)}`, {
      value: credentialName, fix: `write ${describe(`${CONFIG_MAP}${namespace}/${name === '' ? owner || 'name' : name}`)}`,
    });
  }
}

function checkUnverified(report: Report, tls: ClientTls): void {
  const checks = [
    ...(isSet(tls, 'caCertificates') ? ['caCertificates'] : []),
    ...(isSet(tls, 'credentialName') && tls.mode === 'SIMPLE' ? ['credentialName'] : []),
    ...(tls.subjectAltNames !== undefined ? ['subjectAltNames'] : []),
  ];
  if (checks.length > 0 && (tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL')) {
    report.error('DR13', '.insecureSkipVerify', `must not be true with ${checks.join(', ')}, which say how the server is verified`, { value: true });
  }
}
