import { App, Chart, Duration } from 'cdk8s';
import { HttpAction, RetryOn, RetryPolicy, ServiceHost, VirtualService } from 'cdk8s-istio';

const app = new App();
const chart = new Chart(app, 'tutorial');

const serviceA = ServiceHost.fromName('service-a');

new VirtualService(chart, 'Routes', {
  metadata: { name: 'service-a' },
  services: [serviceA],
  defaultRoute: {
    action: HttpAction.forward(serviceA, {
      timeout: Duration.seconds(5),
      retries: RetryPolicy.attempts(3, {
        perTryTimeout: Duration.seconds(2),
        retryOn: [RetryOn.ANY_5XX, RetryOn.RESET, RetryOn.CONNECT_FAILURE],
      }),
    }),
  },
});

app.synth();
