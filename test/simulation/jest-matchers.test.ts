import { readFileSync } from 'fs';
import * as path from 'path';
import { Duration } from 'cdk8s';
import type {} from '../../jest';
import { CanaryRelease, HttpAction, IngressRoute, ServerTls, ServiceHost, Traffic, TrafficClient, VirtualService } from '../../lib';
import { extendExpect, trafficMatchers } from '../../lib/simulation/jest-matchers';
import { testChart } from '../util';

beforeAll(extendExpect);

function messageOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('matchers for answers', () => {
  const chart = testChart();
  const release = new CanaryRelease(chart, 'Reviews', {
    service: ServiceHost.fromName('reviews', { port: 9080 }),
    stable: { version: 'v1' },
    canary: { version: 'v2' },
    canaryPercent: 10,
    timeout: Duration.seconds(2),
  });
  const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'], tls: ServerTls.simple('cert') });
  shop.addPath('/gone', HttpAction.respond(410));
  const inMesh = Traffic.of(chart).from(TrafficClient.sidecar());
  const visitor = Traffic.of(chart).from(TrafficClient.gateway(shop));

  test('read as a sentence', () => {
    const answer = inMesh.get('http://reviews:9080/');
    expect(answer).toGoTo(release.canary, { percent: 10 });
    expect(answer).not.toGoTo(release.canary);
    expect(answer).toHaveTimeout(Duration.seconds(2));
    expect(answer).toHaveRetries(2);
    expect(answer).toBeRoutedBy(release.virtualService, { routeName: 'split' });
    expect(answer).not.toBeMirroredTo(release.canary);
    expect(answer).toSendUpstream({ path: '/', authority: 'reviews:9080' });
    expect(visitor.get('https://shop.example.com/gone')).toBeAnsweredWith(410);
    expect(visitor.get('https://shop.example.com/')).toBeNotFound();
    expect(visitor.get('http://shop.example.com/x')).toBeRedirectedTo('https://shop.example.com/x', { status: 301 });
    expect(visitor.get('https://shop.example.com:8443/x')).toBeRefused();
  });

  test('take every request of a kind too', () => {
    expect(inMesh.everyRequestTo('http://reviews:9080')).toHaveTimeout();
    expect(inMesh.everyRequestTo('http://reviews:9080')).not.toAvoid(release.canary);
  });

  test('show the expected, the actual and the trace', () => {
    expect(messageOf(() => expect(inMesh.get('http://reviews:9080/')).toGoTo(release.canary)))
      .toMatch(/^expected: 100 % to reviews[^]*subset canary\nactual: {3}90 % to reviews[^]*'split': takes it/);
    expect(messageOf(() => expect(inMesh.get('http://reviews:9080/')).not.toHaveRetries(2))).toMatch(/^expected: not hasRetries\(\)[^]*'split': takes it/);
  });

  test('do not take a wrong question for a no', () => {
    expect(messageOf(() => expect(visitor).not.toGoTo(release.canary))).toContain('toGoTo() needs an answer, such as Traffic.of(app).from(client).get(url)');
    expect(messageOf(() => expect(inMesh.get('http://reviews/')).not.toGoTo({} as VirtualService & typeof release.canary))).toContain('destination must be made by');
  });
});

test('each matcher is declared for TypeScript', () => {
  const declarations = readFileSync(path.join(__dirname, '..', '..', 'jest.d.ts'), 'utf-8');
  expect(Object.keys(trafficMatchers).filter(name => !declarations.includes(`  ${name}(`))).toEqual([]);
});
