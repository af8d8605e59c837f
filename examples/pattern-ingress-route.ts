import { App, Chart, Duration } from 'cdk8s';
import { Audience, CanaryRelease, HeaderMatch, HttpAction, IngressRoute, PathRedirect, PathRewrite, PathType, ServerTls, ServiceHost, StringMatch } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });

const frontend = ServiceHost.fromName('frontend', { namespace: 'shop', port: 8080 });
const api = ServiceHost.fromName('api', { namespace: 'shop', port: 8080 });

const shop = new IngressRoute(chart, 'Shop', {
  hosts: ['shop.example.com'],
  tls: ServerTls.simple('shop-example-com-tls'),
  timeout: Duration.seconds(5),
  defaultTarget: HttpAction.forward(frontend),
});

// /api/orders arrives at the service as /orders
shop.addPath('/api', HttpAction.forward(api), { rewrite: PathRewrite.strip() });
shop.addPath('/api', HttpAction.forward(api), {
  methods: ['POST', 'PUT'],
  corsPolicy: { allowOrigins: [StringMatch.exact('https://partner.example.com')] },
  timeout: Duration.seconds(30),
  rewrite: PathRewrite.strip(),
});

// one path is released step by step
shop.addPath('/reviews', new CanaryRelease(chart, 'Reviews', {
  service: ServiceHost.fromName('reviews', { namespace: 'shop', port: 9080 }),
  stable: { version: 'v1' },
  canary: { version: 'v2' },
  canaryPercent: 10,
  canaryFor: [Audience.header('x-tester', HeaderMatch.present())],
}));

shop.addPath('/basket', PathRedirect.to('/cart'));
shop.addPath('/healthz', HttpAction.respond(200), { pathType: PathType.EXACT });

app.synth();
