import { createHash } from 'crypto';
import type { HeaderLine } from './question';
import { describe } from '../private/describe';

/** A URL as a client takes it apart. The path is left as it is written. */
export interface ReadUrl {
  readonly isTls: boolean;
  readonly host: string;
  readonly port: number;

  /** The `Host` that a client sends: with the port where it is not that of the scheme. */
  readonly authority: string;

  /** The path with the query. */
  readonly target: string;
}

const URL_FORM = /^(https?):\/\/([^/?#]*)([^#]*)(#.*)?$/i;
const HOST_FORM = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?)$/i;

/**
 * Takes a URL apart.
 *
 * @throws when it is not one that a client can ask for
 */
export function readUrl(url: string): ReadUrl {
  const match = typeof url === 'string' ? URL_FORM.exec(url) : null;
  if (match === null) {
    throw new Error(`url must begin with http:// or https:// and a host, such as 'http://reviews:9080/api', got ${describe(url)}`);
  }
  const [, scheme, place, rest, fragment] = match;
  if (fragment !== undefined) {
    throw new Error(`url must not have a fragment, which no client sends, got ${describe(url)}`);
  }
  if (place.includes('@')) {
    throw new Error(`url must not have a user name, send the header authorization instead, got ${describe(url)}`);
  }
  if (/[^\x21-\x7e]/.test(rest)) {
    throw new Error(`url must have no spaces and only ASCII characters in its path, percent-encode others, got ${describe(url)}`);
  }
  const isTls = scheme.toLowerCase() === 'https';
  const colon = place.lastIndexOf(':');
  const hasPort = colon > place.lastIndexOf(']');
  const host = hasPort ? place.slice(0, colon) : place;
  const port = hasPort ? place.slice(colon + 1) : isTls ? '443' : '80';
  if (!HOST_FORM.test(host)) {
    throw new Error(`url must have a host of letters, digits, '-' and '.', got ${describe(host)} in ${describe(url)}`);
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw new Error(`url must have a port from 1 to 65535, got ${describe(port)} in ${describe(url)}`);
  }
  const isDefault = Number(port) === (isTls ? 443 : 80);
  return {
    isTls,
    host,
    port: Number(port),
    authority: isDefault ? host : `${host}:${Number(port)}`,
    target: rest.startsWith('/') ? rest : `/${rest}`,
  };
}

/** What is said of the headers of a request. */
export interface HeaderTexts {
  readonly headers?: { readonly [name: string]: string };
  readonly repeatedHeaders?: { readonly [name: string]: string[] };
  readonly cookies?: { readonly [name: string]: string };
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;

/**
 * The lines of the headers.
 *
 * @throws when a client could not send them
 */
export function readHeaders({ headers, repeatedHeaders, cookies }: HeaderTexts): readonly HeaderLine[] {
  const lines: HeaderLine[] = [];
  for (const name in headers) {
    lines.push(readLine(`headers['${name}']`, name, headers[name]));
  }
  for (const name in repeatedHeaders) {
    const texts = repeatedHeaders[name];
    if (!Array.isArray(texts)) {
      throw new Error(`repeatedHeaders['${name}'] must be a list, use headers for a single line, got ${describe(texts)}`);
    }
    texts.forEach((text, index) => lines.push(readLine(`repeatedHeaders['${name}'][${index}]`, name, text)));
  }
  const jar = Object.entries(cookies ?? {});
  if (jar.length > 0) {
    jar.forEach(([name, text]) => checkCookie(name, text));
    lines.push(['cookie', jar.map(([name, text]) => `${name}=${text}`).join('; ')]);
  }
  return lines;
}

function readLine(property: string, name: string, text: string): HeaderLine {
  if (name.toLowerCase() === 'host' || name.startsWith(':')) {
    throw new Error(`${property} must not be set, the url says it, or the option authority`);
  }
  if (!TOKEN.test(name)) {
    throw new Error(`${property} must have a name of letters, digits and any of !#$%&'*+-.^_\`|~, got ${describe(name)}`);
  }
  if (typeof text !== 'string' || /[\0\r\n]/.test(text)) {
    throw new Error(`${property} must be one line of text, got ${describe(text)}`);
  }
  return [name, text];
}

function checkCookie(name: string, text: string): void {
  if (!TOKEN.test(name)) {
    throw new Error(`cookies['${name}'] must have a name of letters, digits and any of !#$%&'*+-.^_\`|~, got ${describe(name)}`);
  }
  if (typeof text !== 'string' || /[^\x21-\x7e]|[",;\\]/.test(text)) {
    throw new Error(`cookies['${name}'] must be text without spaces, quotes, commas, semicolons and backslashes, got ${describe(text)}`);
  }
}

/** The number from 0 to below 100 that a seed stands for. */
export function drawOf(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE(0) / 2 ** 32 * 100;
}
