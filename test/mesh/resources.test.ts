import { modelOf } from './corpus';
import { compareByAge, isOrderAssumed } from '../../lib/mesh/age';
import { Mesh } from '../../lib/mesh/mesh';

test('an object is the same in every version of its group', () => {
  const { resources } = modelOf(`
apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata: {name: a}
spec: {hosts: [old.org]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: a}
---
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: {name: a, namespace: default}
spec: {hosts: [new.org]}
`);
  expect(resources.virtualServices.map(({ key, spec }) => [key, spec.hosts])).toEqual([['default/a', ['new.org']]]);
  expect(resources.replaced.map(({ spec }) => spec.hosts)).toEqual([['old.org']]);
  expect(resources.all.map(({ kind }) => kind)).toEqual(['VirtualService', 'Gateway']);
});

test('kinds of one name are told apart by group', () => {
  const { resources } = modelOf(`
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: a}}
---
{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: b}}
---
{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: c}}
`);
  expect([resources.ofKind('gateway.networking.k8s.io', 'Gateway'), resources.gateways, resources.services].map(list => list.map(({ name }) => name))).toEqual([['a'], ['b'], []]);
});

test('the objects of a list are taken one by one, with the place of the list', () => {
  const manifest = { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'n' } }] };
  const { _model: model } = Mesh.fromManifests([{ manifest, file: 'all.yaml', line: 3 }]);
  expect(model.resources.find('', 'Secret', 'n', 's')?.source).toEqual({ manifest: manifest.items[0], file: 'all.yaml', line: 3 });
});

test('an object without namespace is in the default one, save what has none', () => {
  const { resources } = modelOf('{apiVersion: v1, kind: Namespace, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Service, metadata: {name: b}}', {
    defaultNamespace: 'here',
  });
  expect(resources.all.map(({ namespace }) => namespace)).toEqual(['', 'here']);
});

describe('age', () => {
  const aged = (name: string, createdAt?: number, namespace = 'n') => ({ name, namespace, createdAt });

  test('the oldest comes first, then the name, then the namespace; what has no time is youngest', () => {
    const objects = [aged('a'), aged('z', 1), aged('b', 2, 'y'), aged('b', 2, 'x'), aged('a', 2)];
    expect([...objects].sort(compareByAge)).toEqual([objects[1], objects[4], objects[3], objects[2], objects[0]]);
  });

  test('an order is assumed where neither says when it was created', () => {
    expect([isOrderAssumed(aged('a'), aged('b')), isOrderAssumed(aged('a', 1), aged('b')), isOrderAssumed(aged('a', 1), aged('b', 1))])
      .toEqual([true, false, false]);
  });

  test('a time is read as text and as a date', () => {
    const time = '2026-01-01T00:00:00Z';
    const manifest = (creationTimestamp: unknown) => ({ manifest: { kind: 'Secret', metadata: { name: String(creationTimestamp), creationTimestamp } } });
    const { _model: model } = Mesh.fromManifests([manifest(time), manifest(new Date(time)), manifest('soon'), manifest(null)]);
    expect(model.resources.all.map(({ createdAt }) => createdAt)).toEqual([Date.parse(time), Date.parse(time), undefined, undefined]);
  });
});

describe('workloads', () => {
  const { workloads, services, resources } = modelOf(`
{apiVersion: v1, kind: Pod, metadata: {name: pod, labels: {app: a}}, status: {podIP: 10.0.0.1}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: deployment, labels: {app: not-this}}
spec:
  template:
    metadata: {labels: {app: a, version: v1}}
    spec:
      containers: [{ports: [{name: web, containerPort: 8080}]}]
      initContainers: [{ports: [{name: once, containerPort: 1}]}, {restartPolicy: Always, ports: [{name: side, containerPort: 2, protocol: UDP}]}]
---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: cron}, spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: c}}}}}}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: rollout, namespace: other}, spec: {template: {metadata: {labels: {app: a}}}}}
---
{apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: {name: vm, labels: {tier: own}}, spec: {address: 10.0.0.2, labels: {app: a, tier: spec}}}
---
{apiVersion: networking.istio.io/v1, kind: WorkloadGroup, metadata: {name: group}, spec: {metadata: {labels: {app: a}}, template: {serviceAccount: sa}}}
---
{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, ports: [{port: 80, targetPort: web}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: none}, spec: {ports: [{port: 80}]}}
`);
  const namesOf = (list: readonly { resource: { name: string } }[]): string[] => list.map(({ resource }) => resource.name);

  test('are pods, whatever has a template of pods, entries and groups', () => {
    expect(workloads.all.map(({ resource, labels }) => [resource.name, labels])).toEqual([
      ['pod', { app: 'a' }], ['deployment', { app: 'a', version: 'v1' }], ['cron', { app: 'c' }], ['rollout', { app: 'a' }],
      ['vm', { app: 'a', tier: 'own' }], ['group', { app: 'a' }],
    ]);
  });

  test('are found by a selector, in a namespace or everywhere', () => {
    expect(namesOf(workloads.matching({ app: 'a', version: 'v1' }))).toEqual(['deployment']);
    expect(namesOf(workloads.matching({ app: 'a' }, 'other'))).toEqual(['rollout']);
    expect(namesOf(workloads.matching({}, 'other'))).toEqual(['rollout']);
    expect(namesOf(workloads.matching({ app: 'a' }))).toEqual(['pod', 'deployment', 'rollout', 'vm', 'group']);
    expect(workloads.matching({ app: 'x' }, 'nowhere')).toEqual([]);
  });

  test('have the ports of their containers and of the containers that stay', () => {
    expect(workloads.all[1].ports).toEqual([
      { name: 'web', number: 8080, transport: 'TCP' }, { name: 'side', number: 2, transport: 'UDP' },
    ]);
  });

  test('are selected by services of their namespace that have a selector', () => {
    expect(namesOf(services.selecting(workloads.all[1]))).toEqual(['a']);
    expect(services.selecting(workloads.all[3])).toEqual([]);
  });

  test('a service knows them by the resource', () => {
    expect(services.of(resources.services[0]).map(({ hostname }) => hostname)).toEqual(['a.default.svc.cluster.local']);
  });
});
