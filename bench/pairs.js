// the same N pairs of VirtualService and DestinationRule, in the library's classes (l2) or in the generated ones (l1)
const { App, Chart, Duration } = require('cdk8s');
const { Construct } = require('constructs');
const istio = require('../build/lib');
const { networking } = istio;

function l2(chart, index) {
  const name = `service-${index}`;
  const rule = new istio.DestinationRule(chart, `Rule${index}`, {
    metadata: { name },
    host: istio.ServiceHost.fromName(name),
    trafficPolicy: {
      connectionPool: { tcp: { maxConnections: 100 }, http: { maxRequestsPerConnection: 10 } },
      outlierDetection: { consecutive5xxErrors: 5, interval: Duration.seconds(30) },
    },
    subsets: { v1: { labels: { version: 'v1' } }, v2: { labels: { version: 'v2' } } },
  });
  new istio.VirtualService(chart, `Routes${index}`, {
    metadata: { name },
    hosts: [name],
    httpRoutes: [{
      name: 'testers',
      matches: [{ uri: istio.StringMatch.prefix('/api'), headers: { 'x-tester': istio.HeaderMatch.exact('1') } }],
      action: istio.HttpAction.forward(rule.subset('v2'), { timeout: Duration.seconds(5) }),
    }],
    defaultRoute: {
      name: 'everybody',
      action: istio.HttpAction.split([{ destination: rule.subset('v1'), weight: 90 }, { destination: rule.subset('v2'), weight: 10 }]),
    },
  });
}

function l1(chart, index) {
  generated(chart, `Rule${index}`, chart, `Routes${index}`, index);
}

/** The generated classes in a tree of the shape that the library's classes make: a construct around each, and the routes after the rule. */
function shape(chart, index) {
  const rule = new Construct(chart, `Rule${index}`);
  const routes = new Construct(chart, `Routes${index}`);
  routes.node.addDependency(rule);
  generated(rule, 'Resource', routes, 'Resource', index);
}

function generated(ruleScope, ruleId, routesScope, routesId, index) {
  const name = `service-${index}`;
  new networking.IstioDestinationRule(ruleScope, ruleId, {
    metadata: { name },
    spec: {
      host: name,
      trafficPolicy: {
        connectionPool: { tcp: { maxConnections: 100 }, http: { maxRequestsPerConnection: 10 } },
        outlierDetection: { consecutive5XxErrors: 5, interval: '30s' },
      },
      subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
    },
  });
  new networking.IstioVirtualService(routesScope, routesId, {
    metadata: { name },
    spec: {
      hosts: [name],
      http: [
        {
          name: 'testers',
          match: [{ uri: { prefix: '/api' }, headers: { 'x-tester': { exact: '1' } } }],
          route: [{ destination: { host: name, subset: 'v2' } }],
          timeout: '5s',
        },
        {
          name: 'everybody',
          route: [{ destination: { host: name, subset: 'v1' }, weight: 90 }, { destination: { host: name, subset: 'v2' }, weight: 10 }],
        },
      ],
    },
  });
}

/** An app with `count` pairs in one chart. */
function appOf(level, count) {
  const app = new App();
  const chart = new Chart(app, 'bench');
  const add = { l1, l2, shape }[level];
  for (let index = 0; index < count; index++) {
    add(chart, index);
  }
  return app;
}

module.exports = { appOf };
