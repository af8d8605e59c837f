import { App, Chart, Duration } from 'cdk8s';
import { Audience, DestinationRule, HashKey, HeaderMatch, HttpAction, PolicyPreset, ServiceHost, TesterFaults, VirtualService } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'ratings', { namespace: 'bookinfo', disableResourceNameHashes: true });

const ratings = new DestinationRule(chart, 'Ratings', {
  host: ServiceHost.fromName('ratings'),
  trafficPolicy: PolicyPreset.combine([
    PolicyPreset.circuitBreaker({ consecutive5xxErrors: 3 }),
    PolicyPreset.stickySession(HashKey.cookie('session', { ttl: Duration.hours(1) })),
    PolicyPreset.localityFailover([{ from: 'eu', to: 'us' }, { from: 'us', to: 'eu' }]),
    PolicyPreset.connectionLimits({ maxConnections: 100, maxPendingRequests: 10 }),
  ]),
});

const routes = new VirtualService(chart, 'Routes', {
  services: [ratings],
  defaultRoute: { name: 'everybody', action: HttpAction.forward(ratings) },
});

// how does the rest of the shop cope with slow ratings? only testers find out
new TesterFaults(chart, 'SlowRatings', {
  virtualService: routes,
  testers: [Audience.header('x-tester', HeaderMatch.present())],
  target: HttpAction.forward(ratings),
  fault: { delay: { fixedDelay: Duration.seconds(7), percent: 100 } },
});

app.synth();
