import { X509Certificate } from 'crypto';
import { PlainObject, readObject, readText } from '../../../mesh/manifest';
import type { Resource } from '../../../mesh/resource';
import { Severity } from '../../finding';
import type { Problem, Rule, RuleContext } from '../rule';
import { gatewayCredentials } from './gateway-credentials';

export const INVALID_CERTIFICATE: Rule = {
  code: 'IST0161',
  severity: Severity.ERROR,
  istioLevel: Severity.ERROR,
  title: 'The Secret that a server of a Gateway names holds a key and a certificate of which the time has come and not passed.',
  falseAlarms: 'The analyzer does not read what is written as stringData.',
  check: invalidCertificates,
};

function* invalidCertificates({ mesh }: RuleContext): Iterable<Problem> {
  for (const { resource, path, key, secret } of gatewayCredentials(mesh)) {
    const fault = secret === undefined ? undefined : faultOf(dataOf(secret.manifest.data));
    if (fault !== undefined) {
      yield {
        resource,
        path,
        message: `names the Secret '${key}', ${fault}`,
        fix: "give it a PEM certificate as 'tls.crt' and its private key as 'tls.key'",
        falseAlarm: faultOf(allDataOf(secret!)) === undefined,
      };
    }
  }
}

/** What is in a Secret, by name. */
type SecretData = ReadonlyMap<string, string>;

function dataOf(encoded: unknown): SecretData {
  return new Map(Object.entries(readObject(encoded)).map(([name, value]) => [name, Buffer.from(readText(value) ?? '', 'base64').toString('latin1')]));
}

/** As the API server keeps it: the plain texts win. */
function allDataOf({ manifest }: Resource): SecretData {
  const plain: PlainObject = readObject(manifest.stringData);
  return new Map([...dataOf(manifest.data), ...Object.entries(plain).map(([name, value]) => [name, readText(value) ?? ''] as const)]);
}

function faultOf(data: SecretData): string | undefined {
  const has = (name: string) => (data.get(name) ?? '') !== '';
  if (!(has('cert') && has('key')) && !(has('tls.crt') && has('tls.key'))) {
    return `which needs 'tls.crt' and 'tls.key' and has ${data.size === 0 ? 'nothing' : [...data.keys()].join(', ')}`;
  }
  return faultOfCertificate(has('cert') && has('key') ? data.get('cert')! : data.get('tls.crt')!);
}

const FIRST_PEM_BLOCK = /-----BEGIN ([^-]+)-----[\s\S]*?-----END \1-----/;

/** Istio reads the first block, whatever it is called. */
function faultOfCertificate(text: string): string | undefined {
  const block = FIRST_PEM_BLOCK.exec(text)?.[0];
  if (block === undefined) {
    return 'whose certificate is not in PEM';
  }
  let certificate;
  try {
    certificate = new X509Certificate(block.replace(/-----(BEGIN|END) [^-]+-----/g, '-----$1 CERTIFICATE-----'));
  } catch {
    return 'whose certificate cannot be read';
  }
  const now = Date.now();
  if (Date.parse(certificate.validTo) < now) {
    return `whose certificate ended ${certificate.validTo}`;
  }
  return Date.parse(certificate.validFrom) > now ? `whose certificate begins ${certificate.validFrom}` : undefined;
}
