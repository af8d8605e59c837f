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
