import { Gateway, ServiceHost, Traffic, TrafficClient, TrafficOptions } from '../../lib';
import { documents } from '../mesh/corpus';

function traffic(yaml: string = '', options: TrafficOptions = {}): Traffic {
  return Traffic.fromManifests(documents(yaml) as object[], options);
}

const client = traffic().from(TrafficClient.sidecar());

describe('a wrong question', () => {
  test.each([
    ['reviews', "url must begin with http:// or https:// and a host, such as 'http://reviews:9080/api', got 'reviews'"],
    ['ftp://reviews/', "url must begin with http:// or https:// and a host, such as 'http://reviews:9080/api', got 'ftp://reviews/'"],
    ['http://', "url must have a host of letters, digits, '-' and '.', got '' in 'http://'"],
    ['http://re views/', "url must have a host of letters, digits, '-' and '.', got 're views' in 'http://re views/'"],
    ['http://reviews:0/', "url must have a port from 1 to 65535, got '0' in 'http://reviews:0/'"],
    ['http://reviews:http/', "url must have a port from 1 to 65535, got 'http' in 'http://reviews:http/'"],
    ['http://ann@reviews/', "url must not have a user name, send the header authorization instead, got 'http://ann@reviews/'"],
    ['http://reviews/#top', "url must not have a fragment, which no client sends, got 'http://reviews/#top'"],
    ['http://reviews/a b', "url must have no spaces and only ASCII characters in its path, percent-encode others, got 'http://reviews/a b'"],
    [undefined as unknown as string, "url must begin with http:// or https:// and a host, such as 'http://reviews:9080/api', got undefined"],
  ])('is refused for its URL %p', (url, message) => {
    expect(() => client.get(url)).toThrow(message);
  });

  test.each([
    [{ headers: { 'a b': '1' } }, "headers['a b'] must have a name of letters, digits and any of"],
    [{ headers: { 'x-a': 'one\ntwo' } }, "headers['x-a'] must be one line of text"],
    [{ headers: { Host: 'other' } }, "headers['Host'] must not be set, the url says it, or the option authority"],
    [{ headers: { 'x-a': 1 as unknown as string } }, "headers['x-a'] must be one line of text, got 1"],
    [{ repeatedHeaders: { 'x-a': '1' as unknown as string[] } }, "repeatedHeaders['x-a'] must be a list"],
    [{ cookies: { user: 'a;b' } }, "cookies['user'] must be text without spaces"],
    [{ draw: 101 }, 'draw must be a number from 0 to 100, got 101'],
    [{ draw: 1, seed: 'x' }, 'draw and seed say the same, leave one of them out'],
    [{ header: {} } as object, "options has no property 'header', known properties: headers,"],
  ])('is refused for what it says beside the URL: %j', (options, message) => {
    expect(() => client.get('http://reviews/', options)).toThrow(message);
  });

  test('is refused for its method, port or destination', () => {
    expect(() => client.request({ url: 'http://reviews/', method: 'G T' })).toThrow("method must be a word such as 'POST', got 'G T'");
    expect(() => client.tcp('10.0.0.1', 70000)).toThrow('port must be an integer from 1 to 65535, got 70000');
    expect(() => client.get('http://reviews/').goesTo('reviews' as unknown as ServiceHost)).toThrow('destination must be made by ServiceHost.fromName()');
    expect(() => client.get('http://reviews/').goesTo(ServiceHost.fromName('reviews'), { percent: 101 })).toThrow('percent must be a number from 0 to 100');
    expect(() => client.everyRequestTo('http://reviews/?a=1')).toThrow('url must have no query');
  });

  test('is refused for its client', () => {
    expect(() => TrafficClient.sidecar({ namespace: 'My Shop' })).toThrow('namespace must be');
    expect(() => TrafficClient.gateway(Gateway.mesh())).toThrow('gateway must not be Gateway.mesh(), which stands for all sidecars');
    expect(() => traffic().from({} as TrafficClient)).toThrow('client must be made by TrafficClient.sidecar() or TrafficClient.gateway()');
    expect(() => traffic().from(TrafficClient.gateway(Gateway.fromGatewayName('public'))).get('http://a.com/'))
      .toThrow('gateway public is not in the mesh, and no virtual service refers to it; there are no gateways');
  });

  test('is refused where a gateway could be one of several', () => {
    const gateways = ['one', 'two'].map(namespace => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: ${namespace} }
spec: { selector: { app: gateway }, servers: [{ hosts: ['*'], port: { number: 80, name: http, protocol: HTTP } }] }`).join('\n---\n');
    expect(() => traffic(gateways).from(TrafficClient.gateway(Gateway.fromGatewayName('public'))).get('http://a.com/'))
      .toThrow('gateway public could be any of one/public, two/public, say its namespace');
  });
});

describe('wrong manifests', () => {
  test('must be objects', () => {
    expect(() => Traffic.fromManifests(['x' as unknown as object])).toThrow("manifests[0] must be an object, got 'x'");
    expect(() => Traffic.fromFiles(['/nowhere/at/all.yaml'])).toThrow('no such file');
    expect(() => traffic('', { outboundPolicy: 'DENY' as never })).toThrow('outboundPolicy must be one of ALLOW_ANY, REGISTRY_ONLY');
  });

  test('that Istio rejects are left out, and the answer says so', () => {
    const answer = traffic(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews, subset: v2 }, weight: 0 }, { destination: { host: reviews }, weight: 0 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }`).from(TrafficClient.sidecar({ namespace: 'shop' })).get('http://reviews/');
    answer.goesTo(ServiceHost.fromName('reviews'));
    expect(answer.notes).toEqual([expect.stringMatching(/^left out: VirtualService shop\/reviews, which Istio rejects: IST0106\/VS/)]);
  });

  test('of kinds that are not simulated are named', () => {
    const { notes } = traffic(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: deny-all, namespace: shop }
spec: {}`);
    expect(notes).toEqual(['not simulated: AuthorizationPolicy shop/deny-all, which may refuse the request with status 403']);
  });
});

describe('nothing hangs', () => {
  const service = `
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: default }
spec: { ports: [{ name: http, port: 80 }] }`;

  function routes(http: object[], name: string = 'reviews', hosts: string[] = ['reviews']): object {
    return { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name, namespace: 'default' }, spec: { hosts, http } };
  }

  function ask(...manifests: object[]): Traffic {
    return Traffic.fromManifests([...documents(service) as object[], ...manifests]);
  }

  const forward = { route: [{ destination: { host: 'reviews' } }] };

  test('at delegates that lead in a circle', () => {
    const to = (name: string) => [{ delegate: { name } }];
    const answer = ask(routes(to('a')), routes(to('b'), 'a', []), routes(to('a'), 'b', [])).from(TrafficClient.sidecar()).get('http://reviews/');
    expect(answer.why).toContain('reviews');
  });

  test('at a thousand routes', () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ name: `r${index}`, match: [{ uri: { exact: `/${index}` } }], ...forward, timeout: '1s' }));
    const source = ask(routes([...many, { ...forward, timeout: '2s' }])).from(TrafficClient.sidecar());
    expect(source.get('http://reviews/999').route!.index).toBe(999);
    expect(source.get('http://reviews/none').trace).toHaveLength(1003);
    source.everyRequestTo('http://reviews').hasTimeout();
  });

  test('at regular expressions that other engines choke on', () => {
    const regex = { match: [{ uri: { regex: '/(a+)+(a*)*b?(x+x+)+y' }, headers: { 'x-a': { regex: '(.*a){20}' } } }], ...forward };
    const source = ask(routes([regex, forward])).from(TrafficClient.sidecar());
    const headers = { 'x-a': 'a'.repeat(5000) };
    expect(source.get(`http://reviews/${'a'.repeat(5000)}${'x'.repeat(2000)}`, { headers }).route!.index).toBe(1);
  });
});
