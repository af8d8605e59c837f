import { RANDOM_HEADER } from './static-config';
import type { HeaderLine, HttpQuestion } from '../../../lib/simulation/question';

/** The head of a message of HTTP/1.1 as it was on the wire. */
export interface Head {
  readonly start: string;
  readonly headers: readonly (readonly [name: string, content: string])[];

  /** The number of bytes of the head with the empty line at its end. */
  readonly length: number;
}

/** The head that some bytes begin with, or undefined as long as it is not complete. Nothing is refused, so that odd messages are seen as they are. */
export function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) {
    return undefined;
  }
  const [start, ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = lines.map(line => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { start, headers, length: end + 4 };
}

/** The content of the first header of a name in lower case. */
export function headerOf({ headers }: Pick<Head, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Whether the bytes of an answer hold all of it. */
export function isWholeAnswer(bytes: Buffer, method: string): boolean {
  const head = readHead(bytes);
  if (head === undefined) {
    return false;
  }
  if (method === 'HEAD' || /^\S+ (1\d\d|204|304)/.test(head.start)) {
    return true;
  }
  return headerOf(head, 'transfer-encoding') === 'chunked' ? bytes.toString('latin1').endsWith('0\r\n\r\n')
    : bytes.length >= head.length + Number(headerOf(head, 'content-length') ?? Infinity);
}

/** The body of a whole message. */
export function bodyOf(bytes: Buffer, head: Head): string {
  const body = bytes.subarray(head.length);
  return (headerOf(head, 'transfer-encoding') === 'chunked' ? joinChunks(body) : body).toString('latin1');
}

function joinChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let start = 0; ;) {
    const end = body.indexOf('\r\n', start);
    const size = end < 0 ? 0 : parseInt(body.toString('latin1', start, end), 16);
    if (!(size > 0)) {
      return Buffer.concat(chunks);
    }
    chunks.push(body.subarray(end + 2, end + 2 + size));
    start = end + 2 + size + 2;
  }
}

/** A request as it is on the wire, with headers beside its own. */
export function requestBytes({ method, target, authority, headers, random }: HttpQuestion, further: readonly HeaderLine[] = []): string {
  const lines = [
    ...authority === undefined ? [] : [['Host', authority]],
    ...headers,
    ...random === undefined ? [] : [[RANDOM_HEADER, String(random)]],
    ...further,
  ];
  return `${method} ${target} HTTP/1.1\r\n${lines.map(([name, content]) => `${name}: ${content}\r\n`).join('')}\r\n`;
}
