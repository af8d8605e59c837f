import { checkSni, checkSubjectAltName } from './tls-names';
import { checkBoolean, checkFilledList, checkGiven, checkString, checkStruct } from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicyTls } from '../../imports/networking.istio.io';
import type { ClientCertificateFiles, ClientTlsFilesOptions, ClientTlsOptions } from '../client-tls';

type ClientTlsSpec = Wire<DestinationRuleSpecTrafficPolicyTls>;

/** Which server is asked for, and which is accepted. */
export function renderPeer(options: ClientTlsOptions): ClientTlsSpec {
  return {
    sni: checkSni('sni', options.sni),
    subjectAltNames: checkFilledList('subjectAltNames', options.subjectAltNames, checkSubjectAltName),
  };
}

/** How the server's certificate is verified, if at all. */
export function renderFiles(options: ClientTlsFilesOptions): ClientTlsSpec {
  const insecureSkipVerify = checkBoolean('insecureSkipVerify', options.insecureSkipVerify);
  for (const moot of ['caCertificates', 'caCrl', 'subjectAltNames'] as const) {
    if (insecureSkipVerify === true && options[moot] !== undefined) {
      throw new Error(`${moot} must be left out where insecureSkipVerify is true: nothing would be verified by it`);
    }
  }
  return {
    caCertificates: checkString('caCertificates', options.caCertificates),
    caCrl: checkString('caCrl', options.caCrl),
    insecureSkipVerify,
  };
}

export function renderCertificate(property: string, files: ClientCertificateFiles): ClientTlsSpec {
  checkStruct(property, files, ['clientCertificate', 'privateKey']);
  return {
    clientCertificate: checkString(`${property}.clientCertificate`, checkGiven(`${property}.clientCertificate`, files.clientCertificate)),
    privateKey: checkString(`${property}.privateKey`, checkGiven(`${property}.privateKey`, files.privateKey)),
  };
}
