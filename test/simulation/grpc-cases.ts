/** A route, and the status and message that a gRPC client gets from the proxy; absent where it gets none of the proxy's own. */
export interface GrpcCase {
  readonly title: string;
  readonly rule: object;
  readonly headers?: readonly (readonly [string, string])[];
  readonly method?: string;
  readonly expected?: { readonly status: number; readonly message?: string };
}

const TO_SERVICE = { route: [{ destination: { host: 'api' } }] };

function abort(fault: object): object {
  return { ...TO_SERVICE, fault: { abort: { ...fault, percentage: { value: 100 } } } };
}

const NAMES = [
  'OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED',
];

/** What https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md says; everything else is 2, unknown. */
const OF_HTTP: readonly [http: number, grpc: number][] = [
  [200, 2], [400, 13], [401, 16], [403, 7], [404, 12], [409, 2], [418, 2], [429, 14], [500, 2], [502, 14], [503, 14], [504, 14],
];

export const GRPC_CASES: readonly GrpcCase[] = [
  ...NAMES.map((name, status) => ({ title: `aborted with ${name}`, rule: abort({ grpcStatus: name }), expected: { status, message: 'fault filter abort' } })),
  ...OF_HTTP.map(([http, status]) => ({ title: `answered with ${http}`, rule: { directResponse: { status: http } }, expected: { status } })),
  { title: 'aborted with a status of http', rule: abort({ httpStatus: 503 }), expected: { status: 14, message: 'fault filter abort' } },
  {
    title: 'answered with a text that is not all ASCII',
    rule: { directResponse: { status: 503, body: { string: '100 % zu\nspät' } } },
    expected: { status: 14, message: '100 %25 zu%0Asp%C3%A4t' },
  },
  { title: 'answered without a body, which takes the message along', rule: abort({ grpcStatus: 'NOT_FOUND' }), method: 'HEAD', expected: { status: 5 } },
  { title: 'redirected', rule: { redirect: { uri: '/new' } }, expected: { status: 2 } },
  { title: 'sent to a subset that is not there', rule: { route: [{ destination: { host: 'api', subset: 'none' } }] }, expected: { status: 14 } },
  { title: 'taken by no route', rule: { ...TO_SERVICE, match: [{ uri: { prefix: '/elsewhere' } }] }, expected: { status: 12 } },
  { title: 'answered by the upstream', rule: TO_SERVICE },
  {
    title: 'a preflight',
    rule: { ...TO_SERVICE, corsPolicy: { allowOrigins: [{ exact: 'https://ok.example' }] } },
    method: 'OPTIONS',
    headers: [['origin', 'https://ok.example'], ['access-control-request-method', 'POST']],
  },
  { title: 'gRPC-Web, which is no gRPC', rule: abort({ grpcStatus: 'NOT_FOUND' }), headers: [['content-type', 'application/grpc-web']] },
  { title: 'gRPC with an encoding', rule: abort({ grpcStatus: 'NOT_FOUND' }), headers: [['content-type', 'application/grpc+json']], expected: { status: 5, message: 'fault filter abort' } },
];

/** The headers of the request of a case. */
export function headersOfGrpcCase({ headers = [] }: GrpcCase): readonly (readonly [string, string])[] {
  return headers.some(([name]) => name === 'content-type') ? headers : [['content-type', 'application/grpc'], ...headers];
}

/** The objects of a case. */
export function objectsOfGrpcCase({ rule }: GrpcCase): object[] {
  const metadata = { name: 'api', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' };
  const host = 'api.default.svc.cluster.local';
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { clusterIP: '10.1.0.1', ports: [{ name: 'grpc', port: 80 }] } },
    { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec: { hosts: [host], http: [rule] } },
  ];
}
