import { App, Chart, Duration } from 'cdk8s';
import { AbTest, Audience, HeaderMatch, ServiceHost } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });

// whoever asks for a checkout by header or cookie gets it; of all others a fifth is dealt the express one and keeps it
new AbTest(chart, 'Checkout', {
  service: ServiceHost.fromName('checkout', { namespace: 'shop', port: 8080 }),
  variants: [
    {
      name: 'express',
      labels: { variant: 'express' },
      audiences: [Audience.header('x-checkout', HeaderMatch.exact('express')), Audience.cookie('checkout', 'express')],
      percent: 20,
    },
    {
      name: 'classic',
      labels: { variant: 'classic' },
      audiences: [Audience.header('x-checkout', HeaderMatch.exact('classic')), Audience.cookie('checkout', 'classic')],
    },
  ],
  defaultVariant: 'classic',
  sticky: { name: 'checkout-bucket', maxAge: Duration.days(14), secure: true },
  timeout: Duration.seconds(10),
});

app.synth();
