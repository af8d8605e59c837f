import { UsageError } from './usage-error';
import type { TrafficRequest } from '../simulation/traffic-source';

/** Flags of curl that take nothing and do not change where a request goes. */
const IGNORED = new Set(['-s', '--silent', '-S', '--show-error', '-v', '--verbose', '-i', '--include', '-k', '--insecure', '-f', '--fail', '--compressed']);

/** The flags that are understood, by what they mean. */
const FLAGS: { readonly [flag: string]: string } = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'header',
  '--header': 'header',
  '-b': 'cookie',
  '--cookie': 'cookie',
  '-d': 'data',
  '--data': 'data',
  '-A': 'agent',
  '--user-agent': 'agent',
  '-I': 'head',
  '--head': 'head',
};

/**
 * The request that arguments of curl stand for.
 *
 * @throws UsageError when one of them is not understood, or there is no URL
 */
export function readCurlArguments(arguments_: readonly string[]): TrafficRequest {
  const headers: { [name: string]: string[] } = {};
  const urls: string[] = [];
  let method: string | undefined;
  let other: string | undefined;
  let authority: string | undefined;
  const list = arguments_.flatMap(splitFlag);
  for (let index = 0; index < list.length; index++) {
    const argument = list[index];
    const meaning = FLAGS[argument];
    if (!argument.startsWith('-')) {
      urls.push(/^[a-z]+:\/\//i.test(argument) ? argument : `http://${argument}`);
    } else if (meaning === 'head') {
      other = 'HEAD';
    } else if (meaning !== undefined) {
      const text = list[++index];
      if (text === undefined) {
        throw new UsageError(`${argument} needs a value behind it`);
      }
      method = meaning === 'method' ? text : method;
      other = meaning === 'data' ? 'POST' : other;
      const line = lineOf(argument, meaning, text);
      if (line?.name.toLowerCase() === 'host') {
        authority = line.text;
      } else if (line !== undefined) {
        headers[line.name] = [...headers[line.name] ?? [], line.text];
      }
    } else if (!IGNORED.has(argument)) {
      throw new UsageError(`${argument} of curl is not understood, known are ${Object.keys(FLAGS).join(', ')}`);
    }
  }
  if (urls.length !== 1) {
    throw new UsageError(`there must be one URL behind --, got ${urls.length === 0 ? 'none' : urls.join(' and ')}`);
  }
  return { url: urls[0], method: method ?? other, authority, repeatedHeaders: headers };
}

/** `-XPOST` and `--request=POST` as two arguments. */
function splitFlag(argument: string): readonly string[] {
  const short = /^(-[XHbdA])(.+)$/s.exec(argument);
  const long = /^(--[a-z-]+)=(.*)$/s.exec(argument);
  const match = short ?? long;
  return match === null ? [argument] : [match[1], match[2]];
}

function lineOf(flag: string, meaning: string, text: string): { readonly name: string; readonly text: string } | undefined {
  switch (meaning) {
    case 'cookie':
      return { name: 'cookie', text };
    case 'agent':
      return { name: 'user-agent', text };
    case 'data':
      return { name: 'content-type', text: 'application/x-www-form-urlencoded' };
    case 'header': {
      const colon = text.indexOf(':');
      if (colon < 1) {
        throw new UsageError(`${flag} needs a name, a colon and a text, such as 'x-user: ann', got '${text}'`);
      }
      return { name: text.slice(0, colon).trim(), text: text.slice(colon + 1).trim() };
    }
    default:
      return undefined;
  }
}
