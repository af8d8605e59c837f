import { HeaderOperations, HttpAction, ServiceHost } from '../lib';
import { renderHeaderOperations, renderResponseHeaderOperations } from '../lib/private/render-header-operations';

test('writes every change', () => {
  expect(renderHeaderOperations('headers', {
    request: { set: { 'x-user': '%REQ(x-id)%', 'host': 'legacy.example.com' }, add: { 'x-via': 'mesh' }, remove: ['x-secret'] },
    response: { set: { 'x-a': '1' }, add: { 'set-cookie': 'a=b' }, remove: ['server'] },
  })).toEqual({
    request: { set: { 'x-user': '%REQ(x-id)%', 'host': 'legacy.example.com' }, add: { 'x-via': 'mesh' }, remove: ['x-secret'] },
    response: { set: { 'x-a': '1' }, add: { 'set-cookie': 'a=b' }, remove: ['server'] },
  });
});

test('maps and lists are copied', () => {
  const set: { [name: string]: string } = { 'x-a': '1' };
  const remove = ['x-b'];
  const rendered = renderHeaderOperations('headers', { request: { set, remove } });
  set['x-a'] = '2';
  remove.push('x-c');
  expect(rendered).toEqual({ request: { set: { 'x-a': '1' }, remove: ['x-b'] } });
});

test.each<[HeaderOperations, string]>([
  [{}, 'headers must have request or response, leave it out instead'],
  [{ request: {} }, 'headers.request must have set, add or remove, leave it out instead'],
  [{ request: { set: {} } }, 'headers.request.set must not be empty, leave it out instead'],
  [{ response: { remove: [] } }, 'headers.response.remove must not be empty, leave it out instead'],
  [{ request: { set: { '': 'a' } } }, "headers.request.set: name must be a string that is not empty, got ''"],
  [{ request: { set: { 'x a': 'a' } } }, "headers.request.set: name must be the name of a header, letters, digits and '-', got 'x a'"],
  [{ request: { set: { ':path': '/' } } }, "headers.request.set: name must be a header that can be changed, got ':path', only a request's authority can be set"],
  [{ request: { set: { 'host': 'a', ':authority': 'b' } } }, "headers.request must give the authority once, got 'host' and ':authority'"],
  [{ request: { set: { host: 'a' }, add: { Host: 'b' } } }, "headers.request must give the authority once, got 'host' and 'Host'"],
  [{ request: { remove: ['host'] } }, "headers.request.remove[0] must be a header that can be changed, got 'host', only a request's authority can be set"],
  [{ response: { set: { host: 'a' } } }, "headers.response.set: name must be a header that can be changed, got 'host', only a request's authority can be set"],
  [{ response: { add: { ':status': '200' } } }, "headers.response.add: name must be a header that can be changed, got ':status', only a request's authority can be set"],
  [{ request: { set: { 'x-a': '' } } }, "headers.request.set['x-a'] must not be empty, because Istio ignores empty values, use remove to take a header away"],
  [{ request: { set: { 'x-a': undefined as never } } }, "headers.request.set['x-a'] must not be undefined, leave the key out"],
  [{ request: { set: { 'x-a': 1 as never } } }, "headers.request.set['x-a'] must be a string that is not empty, got 1"],
  [{ request: { set: { 'x-a': 'a\nb' } } }, "headers.request.set['x-a'] must not contain control characters, got 'a\nb'"],
  [{ request: { set: { 'x-a': '100%' } } }, "headers.request.set['x-a'] must write '%' as '%%', or use it for a command such as '%REQ(x-user)%', got '100%'"],
  [{ request: { replace: {} } as never }, "headers.request has no property 'replace', known properties: set, add, remove"],
  [{ set: { a: 'b' } } as never, "headers has no property 'set', known properties: request, response"],
])('fails on %p', (headers, message) => {
  expect(() => HttpAction.forward(ServiceHost.fromName('a'), { headers })).toThrow(message);
});

test('an answer that the proxy gives has no request to change', () => {
  expect(() => renderResponseHeaderOperations('headers', { request: { set: { a: 'b' } } } as never)).toThrow("headers has no property 'request', known properties: response");
  expect(() => renderResponseHeaderOperations('headers', {})).toThrow('headers must have response, leave it out instead');
});
