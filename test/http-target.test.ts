import { Duration } from 'cdk8s';
import {
  EntryPort, HttpAction, HttpRoutesConfig, IHttpRouteSource, Resolution, Rewrite, ServiceEntry, ServiceHost, StringMatch, VirtualService,
} from '../lib';
import { manifestsOf, specOf, testChart } from './util';

const a = ServiceHost.fromName('a');
const b = ServiceHost.fromName('b');

class Source implements IHttpRouteSource {
  public constructor(private readonly config: HttpRoutesConfig) {}

  public toHttpRoutesConfig(): HttpRoutesConfig {
    return this.config;
  }
}

describe('an action as a target', () => {
  test('is one route for all requests', () => {
    const action = HttpAction.forward(a);
    expect(action.toHttpTargetConfig()).toEqual({ routes: [{ action }], dependencies: [] });
  });

  test('names what must be applied before it', () => {
    const entry = new ServiceEntry(testChart(), 'Entry', { hosts: ['a.example'], ports: [EntryPort.http(80)], resolution: Resolution.dns() });
    expect(HttpAction.forward(entry).toHttpTargetConfig().dependencies).toEqual([entry]);
  });
});

describe('options that are added to an action', () => {
  function actionOf(action: HttpAction): any {
    const chart = testChart();
    new VirtualService(chart, 'Routes', { hosts: ['a'], defaultRoute: { action } });
    return specOf(chart, 'VirtualService').http[0];
  }

  test('stand beside those that it has', () => {
    const action = HttpAction.forward(a, { timeout: Duration.seconds(1) });
    expect(actionOf(action.withOptions({ rewrite: Rewrite.uri('/'), mirrors: [{ destination: b }] })))
      .toEqual({ route: [{ destination: { host: 'a' } }], timeout: '1s', rewrite: { uri: '/' }, mirror: { host: 'b' } });
    expect(actionOf(action)).toEqual({ route: [{ destination: { host: 'a' } }], timeout: '1s' });
  });

  test('fail when both answer one question', () => {
    const action = HttpAction.forward(a, { timeout: Duration.seconds(1), mirrors: [{ destination: b }] });
    expect(() => action.withOptions({ timeout: Duration.seconds(2), mirrors: [{ destination: b }] }))
      .toThrow('the action has timeout and mirrors already, say it in one place');
  });

  test('fail on an action that does not forward', () => {
    expect(() => HttpAction.respond(200).withOptions({ timeout: Duration.seconds(2) }))
      .toThrow('only an action that forwards takes options, not a redirect or a response');
  });
});

describe('routes from a source', () => {
  const route = (path: string) => ({ name: path, matches: [{ uri: StringMatch.exact(path) }], action: HttpAction.forward(a) });
  const names = (spec: any) => spec.http.map((each: any) => each.name);

  test('come behind those that were added one by one, and before the default route', () => {
    const chart = testChart();
    const routes = new VirtualService(chart, 'Routes', { hosts: ['a'], defaultRoute: { name: 'rest', action: HttpAction.forward(a) } });
    routes.addHttpRouteSource(new Source({ routes: [route('/source')] }));
    routes.addHttpRoute(route('/added-later'));
    expect(names(specOf(chart, 'VirtualService'))).toEqual(['/added-later', '/source', 'rest']);
  });

  test('may bring the default route', () => {
    const chart = testChart();
    new VirtualService(chart, 'Routes', { hosts: ['a'] }).addHttpRouteSource(new Source({ routes: [], defaultRoute: { name: 'rest', action: HttpAction.forward(a) } }));
    expect(names(specOf(chart, 'VirtualService'))).toEqual(['rest']);
  });

  test('are asked for when the app is complete', () => {
    const chart = testChart();
    const list = [route('/first')];
    new VirtualService(chart, 'Routes', { hosts: ['a'] }).addHttpRouteSource(new Source({ routes: list }));
    list.push(route('/second'));
    expect(names(specOf(chart, 'VirtualService'))).toEqual(['/first', '/second']);
  });

  test('fail when a second default route comes with them', () => {
    const chart = testChart();
    const action = HttpAction.forward(a);
    new VirtualService(chart, 'Routes', { hosts: ['a'], defaultRoute: { action } }).addHttpRouteSource(new Source({ routes: [], defaultRoute: { action } }));
    expect(() => manifestsOf(chart)).toThrow('[test/Routes] the virtual service has 2 default routes, of which only one can ever be used');
  });

  test('fail when there is no route at all', () => {
    const chart = testChart();
    new VirtualService(chart, 'Routes', { hosts: ['a'] }).addHttpRouteSource(new Source({ routes: [] }));
    expect(() => manifestsOf(chart)).toThrow('[test/Routes] virtual service has no routes, set defaultRoute or call addHttpRoute(), addTlsRoute() or addTcpRoute()');
  });

  test('fail when it is not a source', () => {
    expect(() => new VirtualService(testChart(), 'Routes', { hosts: ['a'] }).addHttpRouteSource({} as never))
      .toThrow('[test/Routes] source must be made by a source of routes, got an empty object');
  });
});
