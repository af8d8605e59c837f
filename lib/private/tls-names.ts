import { describe } from './describe';
import { isNamespace, isObjectName } from './object-name';
import { checkGiven, checkString } from './validation';

/** What every name in a certificate and in TLS's messages is made of. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** The longest server name that Envoy asks for. */
const LONGEST_SNI = 255;

const CONFIG_MAP = 'configmap://';

/** A name that a certificate may carry: a domain, a URI such as `spiffe://…`, an address, a mail address. */
export function checkSubjectAltName(property: string, name: string): string {
  checkString(property, name);
  if (!VISIBLE_ASCII.test(name)) {
    throw new Error(`${property} must be a name that a certificate can carry, ASCII without spaces, got ${describe(name)}${internationalHint(name)}`);
  }
  return name;
}

/** A server name that a client asks for. */
export function checkSni<T extends string | undefined>(property: string, sni: T): T {
  checkString(property, sni, LONGEST_SNI);
  if (sni !== undefined && !VISIBLE_ASCII.test(sni)) {
    throw new Error(`${property} must be a server name, ASCII without spaces, got ${describe(sni)}${internationalHint(sni)}`);
  }
  return sni;
}

/** A secret: `name` or `namespace/name`, or what another source of certificates calls it, with the scheme of that source in front. */
export function checkSecretName<T extends string | undefined>(property: string, name: T): T {
  checkString(property, name);
  if (name !== undefined && !isSecretName(name)) {
    throw new Error(`${property} must be the name of a secret, lower case letters, digits, '-' and '.', at most 253 characters, with an optional namespace and '/' in front, got ${describe(name)}`);
  }
  return name;
}

/** A secret with certificates of a client, or a config map. */
export function checkCredentialName(property: string, name: string): string {
  checkString(property, checkGiven(property, name));
  if (name.startsWith(CONFIG_MAP) && !/^[^/]+\/[^/]+$/.test(name.slice(CONFIG_MAP.length))) {
    throw new Error(`${property} must be ${CONFIG_MAP}namespace/name where it is a config map, got ${describe(name)}`);
  }
  return checkSecretName(property, name);
}

/** A config map is read from the namespace of the rule only. */
export function checkConfigMap(property: string, name: string | undefined, namespace: string | undefined): void {
  if (namespace !== undefined && name?.startsWith(CONFIG_MAP) && !name.startsWith(`${CONFIG_MAP}${namespace}/`)) {
    throw new Error(`${property} must name a config map in the namespace of the rule, ${describe(namespace)}, got ${describe(name)}`);
  }
}

function isSecretName(name: string): boolean {
  const [, scheme, path] = /^(?:([a-z][-+.a-z0-9]*):\/\/)?(.*)$/s.exec(name)!;
  if (scheme !== undefined && !['kubernetes', 'kubernetes-gateway', 'configmap'].includes(scheme)) {
    return VISIBLE_ASCII.test(name);
  }
  const parts = path.split('/');
  return isObjectName(parts[parts.length - 1]) && (parts.length === 1 || (parts.length === 2 && isNamespace(parts[0])));
}

function internationalHint(name: string): string {
  return /[^\x00-\x7f]/.test(name) ? ', write international names in their xn-- form' : '';
}
