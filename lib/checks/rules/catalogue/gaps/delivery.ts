import { kubernetes, networking, RuleExample } from '../example';

const ROLLOUT = kubernetes('argoproj.io/v1alpha1', 'Rollout', 'reviews', {
  spec: {
    strategy: {
      canary: {
        trafficRouting: {
          managedRoutes: [{ name: 'testers' }],
          istio: {
            virtualService: { name: 'reviews', routes: ['all'] },
            destinationRule: { name: 'reviews', stableSubsetName: 'stable', canarySubsetName: 'canary' },
          },
        },
      },
    },
  },
});

function subsets(...names: readonly string[]) {
  return networking('DestinationRule', 'reviews', { host: 'reviews', subsets: names.map(name => ({ name, labels: { app: 'reviews' } })) });
}

function routes(name: string, others: readonly object[] = []) {
  const to = (subset: string, weight: number) => ({ destination: { host: 'reviews', subset }, weight });
  return networking('VirtualService', 'reviews', { hosts: ['reviews'], http: [...others, { name, route: [to('stable', 100), to('canary', 0)] }] });
}

const TESTERS = { name: 'testers', match: [{ headers: { 'x-tester': {} } }], route: [{ destination: { host: 'reviews', subset: 'canary' } }] };
const CANARY = kubernetes('flagger.app/v1beta1', 'Canary', 'podinfo', {
  spec: { provider: 'istio', targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'podinfo' }, service: { port: 80 } },
});

function own(name: string) {
  return networking('VirtualService', name, { hosts: ['shop.example.com'], http: [{ route: [{ destination: { host: 'podinfo' } }] }] });
}

/** Objects that delivery controllers manage. */
export const DELIVERY_EXAMPLES: readonly RuleExample[] = [
  {
    code: 'CI0031',
    title: 'a third subset',
    wrong: [ROLLOUT, subsets('stable', 'canary', 'old'), routes('all')],
    at: ['DestinationRule/reviews spec.subsets[2]'],
    right: [ROLLOUT, subsets('stable', 'canary'), routes('all')],
  },
  {
    code: 'CI0031',
    title: 'a route of its name',
    wrong: [ROLLOUT, subsets('stable', 'canary'), routes('all', [TESTERS])],
    at: ['VirtualService/reviews spec.http[0].name'],
    right: [ROLLOUT, subsets('stable', 'canary'), routes('all', [{ ...TESTERS, name: 'colleagues' }])],
  },
  {
    code: 'CI0032',
    wrong: [CANARY, own('podinfo')],
    at: ['VirtualService/podinfo metadata.name'],
    right: [CANARY, own('shop')],
  },
];
