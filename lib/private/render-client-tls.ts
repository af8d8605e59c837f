import { describe } from './describe';
import { checkBoolean, checkFilledList, checkGiven, checkString, checkStruct } from './validation';
import type { Wire } from './wire';
import type { DestinationRuleSpecTrafficPolicyTls } from '../../imports/networking.istio.io';
import type { ClientCertificateFiles, ClientTlsFilesOptions, ClientTlsOptions } from '../client-tls';

type ClientTlsSpec = Wire<DestinationRuleSpecTrafficPolicyTls>;

const CONFIG_MAP = 'configmap://';

/** Which server is asked for, and which is accepted. */
export function renderPeer(options: ClientTlsOptions): ClientTlsSpec {
  return {
    sni: checkString('sni', options.sni),
    subjectAltNames: checkFilledList('subjectAltNames', options.subjectAltNames, checkString),
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

export function checkCredentialName(property: string, name: string): string {
  checkString(property, checkGiven(property, name));
  if (name.startsWith(CONFIG_MAP) && !/^[^/]+\/[^/]+$/.test(name.slice(CONFIG_MAP.length))) {
    throw new Error(`${property} must be ${CONFIG_MAP}namespace/name where it is a config map, got ${describe(name)}`);
  }
  return name;
}

/** A config map is read from the namespace of the rule only. */
export function checkConfigMap(property: string, tls: ClientTlsSpec | undefined, namespace: string | undefined): void {
  const name = tls?.credentialName;
  if (namespace !== undefined && name?.startsWith(CONFIG_MAP) && !name.startsWith(`${CONFIG_MAP}${namespace}/`)) {
    throw new Error(`${property} must name a config map in the namespace of the rule, ${describe(namespace)}, got ${describe(name)}`);
  }
}
