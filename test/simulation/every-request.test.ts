import { Duration } from 'cdk8s';
import {
  Audience, CanaryRelease, DestinationRule, Gateway, HeaderMatch, HttpAction, IngressRoute, ServiceHost, StringMatch, Traffic, TrafficClient,
  VirtualService,
} from '../../lib';
import { testChart } from '../util';

const client = TrafficClient.sidecar();
const reviews = ServiceHost.fromName('reviews');

function rule(chart = testChart()): DestinationRule {
  return new DestinationRule(chart, 'Rule', { host: reviews, subsets: { v1: { labels: { version: 'v1' } }, v2: { labels: { version: 'v2' } } } });
}

describe('every request to a host has a timeout', () => {
  function app(...timeouts: (number | undefined)[]) {
    const chart = testChart();
    const [first, last] = timeouts.map(seconds => seconds === undefined ? {} : { timeout: Duration.seconds(seconds) });
    new VirtualService(chart, 'Routes', {
      services: [reviews],
      httpRoutes: [{ name: 'api', matches: [{ uri: StringMatch.prefix('/api'), headers: { 'x-user': HeaderMatch.regex('[a-z]+-[0-9]{2}') } }], action: HttpAction.forward(reviews, first) }],
      defaultRoute: { name: 'rest', action: HttpAction.forward(reviews, last) },
    });
    return Traffic.of(chart).from(client);
  }

  test('where each route has one', () => {
    app(1, 2).everyRequestTo('http://reviews').hasTimeout().hasTimeout(Duration.seconds(2));
  });

  test('not where one route lacks it, and the error shows a request that the route takes', () => {
    expect(() => app(undefined, 2).everyRequestTo('http://reviews').hasTimeout())
      .toThrow(/expected: every request to have a timeout\nactual: {3}no timeout, for this request among others[^]*GET \/api of reviews[^]*http\[0\]\.match\[0\] 'api': takes it/);
    expect(() => app(1, 3).everyRequestTo('http://reviews').hasTimeout(Duration.seconds(2))).toThrow('a timeout of 3000 ms, for this request');
  });

  test('where only requests are meant that other routes take', () => {
    app(undefined, 2).everyRequestTo('http://reviews', { withoutHeaders: ['x-user'] }).hasTimeout();
    app(undefined, 2).everyRequestTo('http://reviews/web').hasTimeout();
    app(undefined, 2).everyRequestTo('http://reviews', { headers: { 'x-user': 'Ann' } }).hasTimeout();
  });

  test('not where there are no routes at all', () => {
    expect(() => Traffic.of(testChart()).from(client).everyRequestTo('http://reviews')).toThrow('the proxy does not see requests');
  });
});

describe('no request without the header reaches the canary', () => {
  function release(...audiences: Audience[]) {
    const chart = testChart();
    const made = new CanaryRelease(chart, 'Reviews', {
      service: reviews, stable: { version: 'v1' }, canary: { version: 'v2' }, canaryPercent: 0, canaryFor: audiences,
    });
    return { made, source: Traffic.of(chart).from(client) };
  }

  test('where only testers get it', () => {
    const { made, source } = release(Audience.header('x-tester', HeaderMatch.present()));
    source.everyRequestTo('http://reviews', { withoutHeaders: ['x-tester'] }).avoids(made.canary).goesTo(made.stable);
    source.everyRequestTo('http://reviews', { headers: { 'x-tester': '1' } }).goesTo(made.canary);
    expect(() => source.everyRequestTo('http://reviews').avoids(made.canary)).toThrow("'canary-audience': takes it");
  });

  test('not where others get it too', () => {
    const { made, source } = release(Audience.header('x-tester', HeaderMatch.present()), Audience.queryParameter('preview', StringMatch.exact('1')));
    expect(() => source.everyRequestTo('http://reviews', { withoutHeaders: ['x-tester'] }).avoids(made.canary)).toThrow('GET /?preview=1 of reviews');
  });
});

describe('what cannot be decided', () => {
  test('is said, with the route', () => {
    const chart = testChart();
    const { v1, v2 } = { v1: rule(chart).subset('v1'), v2: DestinationRule.fromSubsetNames(reviews, ['v2']).subset('v2') };
    new VirtualService(chart, 'Routes', {
      services: [reviews],
      // the second path has no other requests than the first, which only a person sees
      httpRoutes: [
        { matches: [{ uri: StringMatch.regex('/a+') }], action: HttpAction.forward(v1) },
        { matches: [{ uri: StringMatch.regex('/aa+') }], action: HttpAction.forward(v2) },
      ],
      defaultRoute: { action: HttpAction.forward(v1) },
    });
    expect(() => Traffic.of(chart).from(client).everyRequestTo('http://reviews').avoids(v2))
      .toThrow(/^cannot decide: no request to go to reviews[^]*http\[1\]\.match\[0\]: 100 % to reviews/);
  });
});

describe('nothing goes to a version any more', () => {
  function app(define: (rules: DestinationRule, chart: ReturnType<typeof testChart>) => void) {
    const chart = testChart({ namespace: 'shop' });
    const rules = rule(chart);
    define(rules, chart);
    return { traffic: Traffic.of(chart), v1: rules.subset('v1'), v2: rules.subset('v2') };
  }

  test('where no route names it', () => {
    const { traffic, v1, v2 } = app((rules, chart) => new VirtualService(chart, 'Routes', { services: [reviews], defaultRoute: { action: HttpAction.forward(rules.subset('v2')) } }));
    traffic.nothingGoesTo(v1);
    expect(() => traffic.nothingGoesTo(v2)).toThrow('http[0] sends there, this request among others');
  });

  test('where its weight is 0', () => {
    const { traffic, v1 } = app((rules, chart) => new VirtualService(chart, 'Routes', {
      services: [reviews], defaultRoute: { action: HttpAction.split([{ destination: rules.subset('v1'), weight: 0 }, { destination: rules.subset('v2'), weight: 100 }]) },
    }));
    traffic.nothingGoesTo(v1);
  });

  test('not where it gets copies', () => {
    const { traffic, v1 } = app((rules, chart) => new VirtualService(chart, 'Routes', {
      services: [reviews], defaultRoute: { action: HttpAction.forward(rules.subset('v2'), { mirrors: [{ destination: rules.subset('v1'), percent: 5 }] }) },
    }));
    expect(() => traffic.nothingGoesTo(v1)).toThrow('http[0] sends there');
  });

  test('not where a gateway sends to it', () => {
    const { traffic, v1 } = app((rules, chart) => new VirtualService(chart, 'Routes', {
      hosts: ['*.example.com'],
      gateways: [Gateway.fromGatewayName('public', { namespace: 'edge' })],
      httpRoutes: [{ matches: [{ uri: StringMatch.exact('/old') }], action: HttpAction.forward(rules.subset('v1')) }],
      defaultRoute: { action: HttpAction.forward(rules.subset('v2')) },
    }));
    expect(() => traffic.nothingGoesTo(v1)).toThrow('the gateway edge/public decides about GET /old of any.example.com');
  });

  test('not where a whole host is called by its name', () => {
    const { traffic } = app((rules, chart) => new VirtualService(chart, 'Routes', { services: [reviews], defaultRoute: { action: HttpAction.forward(rules.subset('v2')) } }));
    traffic.nothingGoesTo(ServiceHost.fromName('ratings', { namespace: 'shop' }));
    expect(() => traffic.nothingGoesTo(reviews)).toThrow('http[0] sends there');
  });
});

test('every request to an ingress goes where its paths say', () => {
  const chart = testChart();
  const shop = new IngressRoute(chart, 'Shop', { hosts: ['shop.example.com'] });
  const [api, web] = ['api', 'web'].map(name => ServiceHost.fromName(name, { port: 8080 }));
  shop.addPath('/api', HttpAction.forward(api));
  shop.addPath('/', HttpAction.forward(web));
  const visitor = Traffic.of(chart).from(TrafficClient.gateway(shop));
  visitor.everyRequestTo('http://shop.example.com/api/').goesTo(api);
  visitor.everyRequestTo('http://shop.example.com/web').goesTo(web);
  expect(() => visitor.everyRequestTo('http://shop.example.com/api').goesTo(api)).toThrow('GET /apisome-other-path of shop.example.com');
});
