import { GRPC_CASES, headersOfGrpcCase, objectsOfGrpcCase } from './grpc-cases';
import { Traffic, TrafficAnswer, TrafficClient } from '../../lib';

function ask(title: string, headers?: { [name: string]: string }): TrafficAnswer {
  const item = GRPC_CASES.find(each => each.title === title)!;
  const client = Traffic.fromManifests(objectsOfGrpcCase(item), { closedWorld: true }).from(TrafficClient.sidecar());
  return client.request({ url: 'http://api/', method: item.method ?? 'POST', headers: headers ?? Object.fromEntries(headersOfGrpcCase(item)) });
}

test.each(GRPC_CASES.map(item => [item.title, item] as const))('a gRPC request, %s', (title, { expected }) => {
  const { grpcStatus, grpcMessage, status } = ask(title);
  expect([grpcStatus, grpcMessage]).toEqual([expected?.status, expected?.message]);
  if (expected !== undefined) {
    expect(status).toBe(200);
  }
});

test('other clients get the status of http, with the text', () => {
  const plain = { accept: '*/*' };
  expect(ask('answered with a text that is not all ASCII', plain).isAnsweredWith(503, { body: '100 % zu\nspät' })).toMatchObject({ grpcStatus: undefined });
  expect(ask('aborted with NOT_FOUND', plain)).toMatchObject({ status: 200, grpcStatus: undefined });
});

test('what becomes of a gRPC request is stated as of any other', () => {
  ask('taken by no route').isNotFound();
  ask('sent to a subset that is not there').isUnreachable();
  expect(() => ask('aborted with NOT_FOUND').isNotFound()).toThrow('answered with status 200 and gRPC status 5');
  expect(ask('aborted with NOT_FOUND').faults).toMatchObject({ abortPercent: 100, abortStatus: 200, abortGrpcStatus: 5 });
  expect(ask('aborted with a status of http').faults.abortGrpcStatus).toBeUndefined();
});

test('of requests that the proxy does not get so far as to read nobody hears a gRPC status', () => {
  const client = Traffic.fromManifests(objectsOfGrpcCase(GRPC_CASES[0])).from(TrafficClient.sidecar());
  const headers = { 'content-type': 'application/grpc' };
  expect(client.request({ url: 'http://api/', method: 'FOO', headers })).toMatchObject({ status: 400, grpcStatus: undefined });
  expect(client.request({ url: 'http://api/%00', headers })).toMatchObject({ status: 200, grpcStatus: 13 });
});

describe('the time that a gRPC client gives', () => {
  const metadata = { name: 'api', namespace: 'default' };
  const given = (timeout: string | undefined, client: string | undefined) => Traffic.fromManifests([{
    apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata, spec: { hosts: ['api'], http: [{ timeout, route: [{ destination: { host: 'api' } }] }] },
  }]).from(TrafficClient.sidecar()).get('http://api/', { headers: { 'content-type': 'application/grpc', ...client === undefined ? {} : { 'grpc-timeout': client } } });

  test.each([
    [undefined, undefined, undefined], [undefined, '6S', 6000], ['5s', undefined, 5000], ['5s', '6S', 5000], ['5s', '4000m', 4000], ['5s', '1500u', 2],
    ['5s', '0S', 5000], ['5s', '123456789m', 5000], ['5s', 'soon', 5000],
  ])('of a route of %s and a client of %s the smaller one holds, and is told to the upstream', (timeout, client, expected) => {
    const answer = given(timeout, client);
    expect(answer.timeout?.toMilliseconds()).toBe(expected);
    const told = (header: string): string | undefined => answer.upstream!.headers.find(({ name }) => name === header)?.text;
    expect([told('x-envoy-expected-rq-timeout-ms'), told('grpc-timeout')]).toEqual(expected === undefined ? [undefined, client] : [String(expected), `${expected}m`]);
  });
});
