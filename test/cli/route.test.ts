import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Result, runCommand } from './run-command';

const MESH = `apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { ports: [{ name: http, port: 9080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 }, trafficPolicy: { loadBalancer: { simple: RANDOM } } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews]
  http:
    - name: testers
      match: [{ headers: { x-tester: { exact: "1" } }, method: { exact: POST } }]
      rewrite: { uri: /next }
      route: [{ destination: { host: reviews, subset: v2 } }]
    - name: rest
      timeout: 3s
      route: [{ destination: { host: reviews, subset: v1 }, weight: 90 }, { destination: { host: reviews, subset: v2 }, weight: 10 }]
`;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-route-'));
beforeAll(() => fs.writeFileSync(path.join(folder, 'mesh.yaml'), MESH));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function route(args: readonly string[], piped?: string): Promise<Result> {
  return runCommand(['route', ...args], { folder, piped });
}

test('a request is answered with where it goes and why', async () => {
  const { code, output } = await route(['mesh.yaml', '--from', 'shop', '--', 'http://reviews:9080/api']);
  expect(output).toBe(`90 % to reviews.shop.svc.cluster.local:9080 subset v1, 10 % to reviews.shop.svc.cluster.local:9080 subset v2
  timeout: 3000 ms
  upstream sees: GET /api of reviews:9080
  upstream sees: x-envoy-expected-rq-timeout-ms: 3000
  policy: loadBalancer of DestinationRule shop/reviews subsets[1].trafficPolicy.loadBalancer

   the sidecar of a workload in namespace shop decides about GET /api of reviews:9080 on port 9080
   the host is that of reviews.shop.svc.cluster.local:9080 (Service shop/reviews [mesh.yaml:1])
   VirtualService shop/reviews [mesh.yaml:13] http[0].match[0] 'testers': method must be exactly 'POST', got 'GET'
-> VirtualService shop/reviews [mesh.yaml:13] http[1] 'rest': takes it
`);
  expect(code).toBe(0);
});

test('the TLS that the proxy adds, and what gRPC clients get, are told', async () => {
  const mesh = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec: { hosts: [api.example], ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 443 }], resolution: DNS, subjectAltNames: [api.partner.example] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: api, namespace: shop }
spec: { host: api.example, trafficPolicy: { tls: { mode: SIMPLE } } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example]
  http:
    - { match: [{ uri: { exact: /down } }], route: [{ destination: { host: api.example } }], fault: { abort: { grpcStatus: UNAVAILABLE, percentage: { value: 100 } } } }
    - { route: [{ destination: { host: api.example } }] }
`;
  const ask = (target: string, format = 'text') => route(['-', '--from', 'shop', '--format', format, '--', '-H', 'content-type: application/grpc', `http://api.example${target}`], mesh);
  expect((await ask('/')).output)
    .toContain('TLS: SIMPLE for the host of the request, the certificate must have this name and one of api.partner.example, trusts system\n');
  expect((await ask('/down')).output).toMatch(/^answered with status 200 and gRPC status 14\n {2}aborted: 100 % with status 200, gRPC status 14\n/);
  expect(JSON.parse((await ask('/down', 'json')).output)).toMatchObject({ status: 200, grpcStatus: 14, grpcMessage: 'fault filter abort' });
  expect(JSON.parse((await ask('/', 'json')).output).destinations[0].tls).toMatchObject({ mode: 'SIMPLE', caCertificates: 'system' });
});

test.each([
  [['-X', 'POST', '-H', 'x-tester: 1', 'http://reviews:9080/']],
  [['-XPOST', '-s', '--header=X-Tester:1', 'reviews:9080/']],
  [['-d', 'a=b', '-H', 'x-tester: 1', 'reviews:9080']],
])('curl arguments %j mean a POST of a tester', async args => {
  const { output } = await route(['mesh.yaml', '--from', 'shop/app=web', '--', ...args]);
  expect(output).toContain('100 % to reviews.shop.svc.cluster.local:9080 subset v2\n');
  expect(output).toContain('upstream sees: POST /next of reviews:9080');
  expect(output).toContain('upstream sees: x-envoy-original-path: /');
});

test('the answer can be JSON', async () => {
  const { output } = await route(['-', '--from', 'shop', '--format', 'json', '--draw', '95', '--', 'http://reviews:9080/api'], MESH);
  expect(JSON.parse(output)).toMatchObject({
    outcome: 'forwarded',
    route: { virtualService: { kind: 'VirtualService', name: 'reviews', namespace: 'shop', file: 'stdin', line: 13 }, section: 'http', index: 1, routeName: 'rest' },
    destinations: [{
      host: 'reviews.shop.svc.cluster.local',
      port: 9080,
      subset: 'v2',
      percent: 100,
      exists: true,
      trafficPolicy: [{ part: 'loadBalancer', says: { simple: 'RANDOM' } }],
    }],
    timeoutMilliseconds: 3000,
  });
});

test('a request that goes nowhere fails', async () => {
  const { code, output } = await route(['mesh.yaml', '--closed-world', '--outbound-policy', 'REGISTRY_ONLY', '--', 'http://unknown:9080/']);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^refused with status 502\n/) });
});

describe('wrong usage is said in one line', () => {
  test.each([
    [['mesh.yaml'], "error: the request is missing: write it behind --, such as 'cdk8s-istio route dist/ -- http://reviews/api'\n"],
    [['mesh.yaml', '--'], 'error: there must be one URL behind --, got none\n'],
    [['mesh.yaml', '--', '--proxy', 'x', 'http://a/'], 'error: --proxy of curl is not understood, known are -X, --request'],
    [['mesh.yaml', '--', '-H', 'nothing', 'http://a/'], "error: -H needs a name, a colon and a text, such as 'x-user: ann', got 'nothing'\n"],
    [['mesh.yaml', '--', 'http://a b/'], "error: url must have a host of letters, digits, '-' and '.', got 'a b' in 'http://a b/'\n"],
    [['mesh.yaml', '--from', 'gateway:edge/public', '--', 'http://a/'], 'error: gateway edge/public is not in the mesh, and no virtual service refers to it'],
    [['mesh.yaml', '--from', 'shop/app', '--', 'http://a/'], 'error: --from shop/app is not understood: labels are written app=frontend,tier=web, got app\n'],
    [['nothing.yaml', '--', 'http://a/'], 'error: nothing.yaml: there is no such file or folder\n'],
  ])('%j', async (args, message) => {
    const { code, messages, output } = await route(args);
    expect({ code, messages, output }).toEqual({ code: 2, messages: expect.stringContaining(message), output: '' });
  });
});
