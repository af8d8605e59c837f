import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-33';
import { MeshSettings, ServiceHost } from '../lib';
import { testChart, testCharts } from './util';
import { checkDestination, dependOn, renderDestination } from '../lib/private/render-destination';

function service(chart: Chart, namespace?: string): ApiObject {
  return new ApiObject(chart, 'Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'reviews', namespace } });
}

describe('a service of this program', () => {
  test('is written in full when its namespace is known', () => {
    const chart = testChart({ namespace: 'shop' });
    expect(renderDestination(chart, ServiceHost.fromService(service(chart)))).toEqual({ host: 'reviews.shop.svc.cluster.local' });
  });

  test('its own namespace wins over the chart\'s', () => {
    const chart = testChart({ namespace: 'shop' });
    expect(renderDestination(chart, ServiceHost.fromService(service(chart, 'books'))).host).toBe('reviews.books.svc.cluster.local');
  });

  test('is written by its short name when its namespace is not known', () => {
    const chart = testChart();
    expect(renderDestination(chart, ServiceHost.fromService(service(chart)))).toEqual({ host: 'reviews' });
  });

  test('ends in the domain of the cluster', () => {
    const { app, first } = testCharts({ namespace: 'shop' });
    const host = ServiceHost.fromService(service(first));
    MeshSettings.configure(app, { clusterDomain: 'prod.example' });
    expect(renderDestination(first, host).host).toBe('reviews.shop.svc.prod.example');
  });

  test('may be a Service of cdk8s-plus', () => {
    const chart = testChart({ namespace: 'shop' });
    const plus = new kplus.Service(chart, 'Plus', { metadata: { name: 'ratings' }, ports: [{ port: 9080 }] });
    expect(renderDestination(chart, ServiceHost.fromService(plus, { port: 9080 }))).toEqual({ host: 'ratings.shop.svc.cluster.local', port: { number: 9080 } });
  });

  test('fails for any other kind', () => {
    const chart = testChart();
    const pod = new ApiObject(chart, 'Pod', { apiVersion: 'v1', kind: 'Pod' });
    expect(() => ServiceHost.fromService(pod)).toThrow('[test/Pod] a service host needs a Service of apiVersion v1, got a Pod of v1');
    const knative = new ApiObject(chart, 'Knative', { apiVersion: 'serving.knative.dev/v1', kind: 'Service' });
    expect(() => ServiceHost.fromService(knative)).toThrow('[test/Knative] a service host needs a Service of apiVersion v1, got a Service of serving.knative.dev/v1');
  });
});

describe('a host by name', () => {
  test('is written as it is, in whatever namespace the resource stands', () => {
    const chart = testChart({ namespace: 'shop' });
    expect(renderDestination(chart, ServiceHost.fromName('reviews'))).toEqual({ host: 'reviews' });
    expect(renderDestination(chart, ServiceHost.fromName('reviews.books'))).toEqual({ host: 'reviews.books' });
  });

  test('is completed when its namespace is given', () => {
    expect(renderDestination(testChart(), ServiceHost.fromName('reviews', { namespace: 'books', port: 80 })))
      .toEqual({ host: 'reviews.books.svc.cluster.local', port: { number: 80 } });
  });

  test('withPort gives another handle and leaves the first one alone', () => {
    const host = ServiceHost.fromName('reviews', { port: 80 });
    expect(host.withPort(81).toDestinationConfig().port).toBe(81);
    expect(host.toDestinationConfig().port).toBe(80);
  });

  test.each([
    ['fails for a dotted name beside a namespace', () => ServiceHost.fromName('a.b', { namespace: 'c' }),
      "host beside a namespace must be letters, digits and '-', at most 63 characters, with a letter or digit first and last, got 'a.b'"],
    ['fails for port 70000', () => ServiceHost.fromName('a', { port: 70000 }), 'port must be an integer from 1 to 65535, got 70000'],
    ['fails for a URL', () => ServiceHost.fromName('http://a'),
      "host must be a domain name of letters, digits, '-' and '.', with a wildcard at most in front as in '*.example.com', got 'http://a'"],
    ['fails for an unknown option', () => ServiceHost.fromName('a', { subset: 'v1' } as never), "options has no property 'subset', known properties: port, namespace"],
    ['fails without a port to set', () => ServiceHost.fromName('a').withPort(undefined as never), 'port must be given'],
  ])('%s', (_title, act, message) => {
    expect(act).toThrow(new Error(message));
  });
});

describe('a destination that is handed in', () => {
  test.each([
    ['a name', 'reviews', "to must be made by ServiceHost.fromService(), ServiceHost.fromName(), or a subset, rule or entry of this program, got 'reviews'"],
    ['nothing', undefined, 'to must be made by ServiceHost.fromService(), ServiceHost.fromName(), or a subset, rule or entry of this program, got undefined'],
    ['all hosts', ServiceHost.fromName('*'), "to: host must be one host, got '*'"],
    ['a host of the user\'s own without a name', { toDestinationConfig: () => ({}) }, 'to: host must be one host, got undefined'],
  ])('fails for %s', (_title, destination, message) => {
    expect(() => checkDestination('to', destination as never)).toThrow(new Error(message));
  });
});

describe('dependencies', () => {
  test('stay within one chart and never reach up or down the tree', () => {
    const { first, second } = testCharts();
    const here = new ApiObject(first, 'Here', { apiVersion: 'v1', kind: 'Service' });
    const there = new ApiObject(second, 'There', { apiVersion: 'v1', kind: 'Service' });
    const dependent = new ApiObject(first, 'Dependent', { apiVersion: 'v1', kind: 'Pod' });
    const child = new ApiObject(dependent, 'Child', { apiVersion: 'v1', kind: 'Pod' });
    dependOn(dependent, { toDestinationConfig: () => ({ host: 'a', dependencies: [here, there, first, dependent, child] }) });
    expect(dependent.node.dependencies).toEqual([here]);
  });
});
