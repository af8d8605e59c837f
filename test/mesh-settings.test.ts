import { App, Testing } from 'cdk8s';
import { MeshSettings, MeshSettingsOptions, OutboundPolicy } from '../lib';
import { testCharts } from './util';

function configured(options: MeshSettingsOptions): MeshSettings {
  return MeshSettings.configure(Testing.app(), options);
}

test('an app without settings has Istio\'s defaults', () => {
  const { first } = testCharts();
  expect(MeshSettings.of(first)).toMatchObject({
    istioVersion: '1.31', clusterDomain: 'cluster.local', rootNamespace: 'istio-system', outboundPolicy: OutboundPolicy.ALLOW_ANY, dnsCapture: false, closedWorld: false,
  });
});

test('settings hold for all charts of the app, and for no other app', () => {
  const { app, first, second } = testCharts();
  MeshSettings.configure(app, { rootNamespace: 'mesh', istioVersion: '1.30.2', closedWorld: true, dnsCapture: true, outboundPolicy: OutboundPolicy.REGISTRY_ONLY });
  expect(MeshSettings.of(first)).toBe(MeshSettings.of(second));
  expect(MeshSettings.of(first)).toMatchObject({
    istioVersion: '1.30', rootNamespace: 'mesh', closedWorld: true, dnsCapture: true, outboundPolicy: OutboundPolicy.REGISTRY_ONLY,
  });
  expect(MeshSettings.of(testCharts().first).rootNamespace).toBe('istio-system');
});

test.each([
  ['1.31', '1.31', true], ['1.31', '1.30', true], ['1.30', '1.31', false], ['1.100', '1.31', true],
])('istio %s is at least %s: %s', (istioVersion, version, expected) => {
  expect(configured({ istioVersion }).isAtLeast(version)).toBe(expected);
});

test.each<[string, MeshSettingsOptions, string]>([
  ['a release before the oldest known one', { istioVersion: '1.27' }, "istioVersion must be a release from 1.28 on, such as '1.31', got '1.27'"],
  ['a word for a release', { istioVersion: 'latest' }, "istioVersion must be a release from 1.28 on, such as '1.31', got 'latest'"],
  ['a number for a release', { istioVersion: 1.31 as never }, 'istioVersion must be a string that is not empty, got 1.31'],
  ['a domain with a slash', { clusterDomain: 'a/b' }, "clusterDomain must be a domain name of letters, digits, '-' and '.', got 'a/b'"],
  ['a namespace with a dot', { rootNamespace: 'a.b' },
    "rootNamespace must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got 'a.b'"],
  ['an unknown policy', { outboundPolicy: 'DENY' as never }, "outboundPolicy must be one of ALLOW_ANY, REGISTRY_ONLY, got 'DENY'"],
  ['a word for a switch', { dnsCapture: 'yes' as never }, "dnsCapture must be true or false, got 'yes'"],
  ['an unknown setting', { version: '1.31' } as never,
    "mesh settings has no property 'version', known properties: istioVersion, clusterDomain, rootNamespace, outboundPolicy, dnsCapture, closedWorld"],
])('fails for %s', (_title, options, message) => {
  expect(() => configured(options)).toThrow(new Error(message));
});

test('fails when an app is configured twice', () => {
  const { app, first } = testCharts();
  MeshSettings.configure(app, {});
  expect(() => MeshSettings.configure(first, {})).toThrow('the mesh settings of this app are configured already, call MeshSettings.configure() once');
});

test('a namespace is in lower case, as Kubernetes demands', () => {
  expect(() => MeshSettings.configure(new App(), { rootNamespace: 'A' }))
    .toThrow(new Error("rootNamespace must be the name of a namespace, lower case letters, digits and '-', at most 63 characters, got 'A'"));
});
