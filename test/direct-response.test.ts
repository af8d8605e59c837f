import * as fc from 'fast-check';
import { HttpAction, HttpRespondOptions, RedirectPath, ResponseBody } from '../lib';
import { testChart } from './util';

function respond(status: number, options?: HttpRespondOptions): any {
  return JSON.parse(JSON.stringify(HttpAction.respond(status, options)._toHttpRoute(testChart())));
}

test('answers with a status', () => {
  expect(respond(404)).toEqual({ directResponse: { status: 404 } });
});

test('answers with a text and headers', () => {
  expect(respond(503, { body: ResponseBody.text('later'), headers: { response: { set: { 'retry-after': '60' } } } })).toEqual({
    directResponse: { status: 503, body: { string: 'later' } },
    headers: { response: { set: { 'retry-after': '60' } } },
  });
});

test('answers with bytes', () => {
  expect(respond(200, { body: ResponseBody.bytes('q2==') })).toEqual({ directResponse: { status: 200, body: { bytes: 'q2==' } } });
  expect(respond(200, { body: ResponseBody.bytes('AAEC') })).toEqual({ directResponse: { status: 200, body: { bytes: 'AAEC' } } });
});

test.each([199, 600, 0, 200.5, NaN, '200', null, undefined])('fails on the status %p', status => {
  expect(() => HttpAction.respond(status as number)).toThrow(/^status must be (an integer from 200 to 599, got|given)/);
});

test.each<[HttpRespondOptions, string]>([
  [{ body: 'later' as never }, "body must be made by ResponseBody, such as ResponseBody.text(), got 'later'"],
  [{ body: RedirectPath.uri('/') as never }, 'body must be made by ResponseBody, such as ResponseBody.text(), got a value of class RedirectPath'],
  [{ headers: { request: {} } } as never, "headers has no property 'request', known properties: response"],
  [{ fault: {} } as never, "options has no property 'fault', known properties: body, headers"],
])('fails on %p', (options, message) => {
  expect(() => HttpAction.respond(200, options)).toThrow(message);
});

test('a text may have 1 MiB in UTF-8', () => {
  expect(ResponseBody.text('a'.repeat(1048576))._toBody().string).toHaveLength(1048576);
  expect(() => ResponseBody.text('a'.repeat(1048577))).toThrow('text must be at most 1048576 bytes, got 1048577');
  expect(() => ResponseBody.text('é'.repeat(524289))).toThrow('text must be at most 1048576 bytes, got 1048578');
});

test('bytes may be 1 MiB', () => {
  expect(() => ResponseBody.bytes(Buffer.alloc(1048577).toString('base64'))).toThrow('base64 must be at most 1048576 bytes, got 1048577');
});

test.each(['YQ', 'a-b_', 'YQ==\n', 'a b=', '!', 'YQ=='.repeat(2)])('%j is not base64', base64 => {
  expect(() => ResponseBody.bytes(base64)).toThrow(/^base64 must be padded base64 of the standard alphabet, got/);
});

test('an empty body is none', () => {
  expect(() => ResponseBody.text('')).toThrow("text must be a string that is not empty, got ''");
  expect(() => ResponseBody.bytes('')).toThrow("base64 must be a string that is not empty, got ''");
});

test('takes all bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), bytes => {
    const base64 = Buffer.from(bytes).toString('base64');
    expect(ResponseBody.bytes(base64)._toBody()).toEqual({ bytes: base64 });
  }));
});
