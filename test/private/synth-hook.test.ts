import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Gateway, GatewaySelector, GatewayServer, HttpAction, ServiceHost, VirtualService } from '../../lib';

const ROUTE = { action: HttpAction.forward(ServiceHost.fromName('shop')) };

/** A resource that is right as long as it has a server. */
function gateway(scope: Construct, id: string, hosts: string[]): Gateway {
  return new Gateway(scope, id, { selector: GatewaySelector.ingress(), servers: hosts.map(host => GatewayServer.http({ hosts: [host] })) });
}

function appWithCharts(...ids: string[]): { app: App; charts: Chart[] } {
  const app = Testing.app();
  return { app, charts: ids.map(id => new Chart(app, id, { disableResourceNameHashes: true })) };
}

const WAYS: readonly (readonly [string, (app: App) => unknown])[] = [
  ['synth()', app => app.synth()],
  ['synthYaml()', app => app.synthYaml()],
  ['Testing.synth()', app => Testing.synth(app.charts[0])],
];

describe.each(WAYS)('an app that is synthesized again by %s', (_way, synth) => {
  test('is refused for what was added in between, wherever it stands', () => {
    for (const place of [0, 1]) {
      const { app, charts } = appWithCharts('first', 'second');
      charts.forEach(chart => gateway(chart, 'Right', ['shop.example.com']));
      synth(app);
      gateway(charts[place], 'Wrong', []);
      expect(() => synth(app)).toThrow(`[${charts[place].node.id}/Wrong] gateway has no server`);
    }
  });

  test('is refused for what was changed in between', () => {
    const { app, charts } = appWithCharts('first', 'second');
    let hasDefault = false;
    const routes = new VirtualService(charts[1], 'Routes', { hosts: ['shop'], defaultRoute: ROUTE });
    routes.addHttpRouteSource({ toHttpRoutesConfig: () => ({ routes: [], defaultRoute: hasDefault ? ROUTE : undefined }) });
    synth(app);
    hasDefault = true;
    expect(() => synth(app)).toThrow('[second/Routes] the virtual service has 2 default routes');
  });

  test('is taken again when it has been mended', () => {
    const { app, charts } = appWithCharts('first', 'second');
    const wrong = gateway(charts[1], 'Edge', []);
    expect(() => synth(app)).toThrow('[second/Edge] gateway has no server');
    wrong.addServer(GatewayServer.http({ hosts: ['shop.example.com'] }));
    expect(() => synth(app)).not.toThrow();
  });
});

describe.each(WAYS)('a synthesis by %s within the validation of another app', (_way, synth) => {
  /** Has a validation of the outer app synthesize the inner one, and tells what came of it each time. */
  function nest(outer: Chart, inner: App): string[] {
    const outcomes: string[] = [];
    new Construct(outer, 'Nested').node.addValidation({
      validate: () => {
        try {
          synth(inner);
          outcomes.push('synthesized');
        } catch (error) {
          outcomes.push((error as Error).message);
        }
        return [];
      },
    });
    return outcomes;
  }

  test('does not hide what is wrong in the outer app', () => {
    const inner = appWithCharts('a', 'b', 'c');
    inner.charts.forEach(chart => gateway(chart, 'Right', ['shop.example.com']));
    const outer = appWithCharts('first', 'second');
    nest(outer.charts[0], inner.app);
    gateway(outer.charts[1], 'Wrong', []);
    expect(() => outer.app.synthYaml()).toThrow('[second/Wrong] gateway has no server');
  });

  test('finds what is wrong in the inner app, though the outer one was found right', () => {
    const inner = appWithCharts('a', 'b');
    gateway(inner.charts[1], 'Wrong', []);
    const outer = appWithCharts('first', 'second');
    outer.charts.forEach(chart => gateway(chart, 'Right', ['shop.example.com']));
    const outcomes = nest(outer.charts[0], inner.app);
    expect(outer.app.synthYaml()).toContain('kind: Gateway');
    expect(outcomes.length).toBeGreaterThan(1);
    expect(outcomes.filter(outcome => !outcome.includes('[b/Wrong] gateway has no server'))).toEqual([]);
  });

  test('that fails leaves the next synthesis as it would be', () => {
    const inner = appWithCharts('a');
    gateway(inner.charts[0], 'Wrong', []);
    const outer = appWithCharts('first', 'second');
    nest(outer.charts[0], inner.app);
    outer.app.synthYaml();
    gateway(outer.charts[1], 'Wrong', []);
    expect(() => outer.app.synthYaml()).toThrow('[second/Wrong] gateway has no server');
  });
});

describe('what is wrong with a resource as a whole', () => {
  test('is asked for once in a synthesis, however many charts there are', () => {
    const { app, charts } = appWithCharts('first', 'second', 'third');
    const problems = jest.spyOn(gateway(charts[0], 'Edge', ['shop.example.com']), '_problems');
    app.synthYaml();
    expect(problems).toHaveBeenCalledTimes(1);
    app.synthYaml();
    expect(problems).toHaveBeenCalledTimes(2);
  });

  test('is told beside what is wrong with others, also where asking fails', () => {
    const { app, charts } = appWithCharts('first', 'second');
    const routes = new VirtualService(charts[0], 'Routes', { hosts: ['shop'], defaultRoute: ROUTE });
    routes.addHttpRouteSource({
      toHttpRoutesConfig: () => {
        throw new Error('the list of tenants cannot be read');
      },
    });
    gateway(charts[1], 'Edge', []);
    const synth = () => app.synthYaml();
    expect(synth).toThrow(/\[first\/Routes\] .*the list of tenants cannot be read/);
    expect(synth).toThrow('[second/Edge] gateway has no server');
  });
});
