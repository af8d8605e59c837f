import { checkManifests } from '../../../lib/checks/check';
import { VALUE_RULES } from '../../../lib/checks/rules/analyzer/annotation-values';
import { ANNOTATIONS } from '../../../lib/checks/rules/analyzer/istio-annotations';

function findings(manifest: object): string[] {
  return checkManifests([{ manifest }]).map(({ code, propertyPath }) => `${code} ${propertyPath}`);
}

test('each annotation whose value Istio looks at has a rule for its value', () => {
  expect(Object.keys(VALUE_RULES).sort()).toEqual([...ANNOTATIONS].flatMap(([name, { checked }]) => checked === true ? [name] : []).sort());
});

test('the templates of all kinds that make pods are looked at', () => {
  const template = { metadata: { annotations: { 'proxy.istio.io/confg': '{}' } }, spec: { containers: [] } };
  expect(findings({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a', namespace: 'shop' }, spec: { template } }))
    .toEqual(["IST0108 spec.template.metadata.annotations['proxy.istio.io/confg']"]);
  expect(findings({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a', namespace: 'shop' }, spec: { jobTemplate: { spec: { template } } } }))
    .toEqual(["IST0108 spec.jobTemplate.spec.template.metadata.annotations['proxy.istio.io/confg']"]);
});

test('a domain that only ends like that of Istio is not taken for it', () => {
  expect(findings({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', annotations: { 'notistio.io/owner': 'me' } } })).toEqual([]);
});

test('the annotation for injection beside the label of its name is for old releases, and no mistake', () => {
  const metadata = { name: 'a', namespace: 'shop', annotations: { 'sidecar.istio.io/inject': 'true' }, labels: { 'sidecar.istio.io/inject': 'true' } };
  expect(findings({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [] } })).toEqual([]);
});
