import type { HeaderLine, HttpQuestion } from './question';
import type { HttpRule } from '../mesh/specs';

/** What a gRPC client hears of an answer that the proxy itself gives. */
export interface GrpcAnswer {
  readonly status: number;
  readonly message: string;
}

const STATUS_NUMBERS: { readonly [name: string]: number } = Object.fromEntries([
  'OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED',
].map((name, index) => [name, index]));

/** The number of a status that Istio knows by name. */
export function grpcNumber(name: string): number {
  return Object.hasOwn(STATUS_NUMBERS, name) ? STATUS_NUMBERS[name] : 0;
}

/** What the statuses of http are to gRPC. */
const OF_HTTP: ReadonlyMap<number, string> = new Map([
  [400, 'INTERNAL'], [401, 'UNAUTHENTICATED'], [403, 'PERMISSION_DENIED'], [404, 'UNIMPLEMENTED'],
  [429, 'UNAVAILABLE'], [502, 'UNAVAILABLE'], [503, 'UNAVAILABLE'], [504, 'UNAVAILABLE'],
]);

/** Whether a request is one of gRPC, to Envoy. */
export function isGrpc(headers: readonly HeaderLine[]): boolean {
  return /^application\/grpc(\+|$)/.test(textOf(headers, 'content-type'));
}

/** All lines of a header as one. */
function textOf(headers: readonly HeaderLine[], name: string): string {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, text]) => text.trim()).join();
}

/** What Envoy writes to those whose request a fault aborts. */
export const FAULT_TEXT = 'fault filter abort';

interface Answered {
  readonly status?: number;

  /** What is written to the client; absent where the proxy answers without that. */
  readonly text?: string;
  readonly route?: { readonly rule?: { readonly spec: HttpRule } };
  readonly grpc?: GrpcAnswer;
}

/** An answer, with what a gRPC client hears where the proxy itself gives it. */
export function withGrpc<A extends Answered>(answer: A, { method, headers }: Pick<HttpQuestion, 'method' | 'headers'>): A {
  const { status, text, route } = answer;
  if (status === undefined || text === undefined || !isGrpc(headers)) {
    return answer;
  }
  const { grpcStatus } = route?.rule?.spec.fault?.abort ?? {};
  const isOwn = grpcStatus !== undefined && text === FAULT_TEXT;
  return { ...answer, grpc: { status: isOwn ? grpcNumber(grpcStatus) : grpcNumber(OF_HTTP.get(status) ?? 'UNKNOWN'), message: method === 'HEAD' ? '' : encoded(text) } };
}

const UNITS: { readonly [unit: string]: number } = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** The time in milliseconds that a gRPC client gives the server; undefined where it is no such client or gives none. */
export function grpcTimeout(headers: readonly HeaderLine[]): number | undefined {
  const [, amount, unit] = /^(\d{1,8})([HMSmun])$/.exec(isGrpc(headers) ? textOf(headers, 'grpc-timeout') : '') ?? [];
  return amount === undefined ? undefined : Math.ceil(Number(amount) * UNITS[unit]) || undefined;
}

/** A message as gRPC writes it: what is no printable ASCII is percent-encoded. */
function encoded(text: string): string {
  return [...Buffer.from(text)].map(byte => byte < 0x20 || byte > 0x7e || byte === 0x25
    ? `%${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte)).join('');
}
