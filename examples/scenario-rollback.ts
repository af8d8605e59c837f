import * as path from 'path';
import { App, Chart } from 'cdk8s';
import { Audience, CanaryRelease, HeaderMatch, ServiceHost } from 'cdk8s-istio';

// the same program three times: half of the users have v2, then all go back, then a quarter tries again.
// only weights change, nothing has to be deleted, and the users of the last stage are among those of the first
for (const stage of [4, 0, 3]) {
  const app = new App({ outdir: path.join(process.env.CDK8S_OUTDIR ?? 'dist', `stage-${stage}`) });
  const chart = new Chart(app, 'bookinfo', { namespace: 'bookinfo', disableResourceNameHashes: true });

  new CanaryRelease(chart, 'Reviews', {
    service: ServiceHost.fromName('reviews', { namespace: 'bookinfo', port: 9080 }),
    stable: { version: 'v1' },
    canary: { version: 'v2' },
    plan: [1, 5, 25, 50, 100],
    stage,
    sticky: { name: 'reviews-bucket' },
    canaryFor: [Audience.header('x-tester', HeaderMatch.present())],
  });

  app.synth();
}
