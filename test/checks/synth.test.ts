import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, ApiObjectMetadataDefinition, App, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { EntryPort, Gateway, GatewaySelector, GatewayServer, MeshSettings, networking, Resolution, ServiceEntry, VirtualService } from '../../lib';

function entry(chart: Chart, id = 'Entry'): ServiceEntry {
  return new ServiceEntry(chart, id, { hosts: [`${id.toLowerCase()}.example`], ports: [EntryPort.https(443)], resolution: Resolution.dns() });
}

function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-test-'));
}

/** What `work` writes to stderr. */
function stderrOf(work: () => void): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    work();
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
}

describe('an app with a construct of this library', () => {
  let app: App;
  let chart: Chart;
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
    app = new App({ outdir: folder });
    chart = new Chart(app, 'shop');
    entry(chart);
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test('synthesizes when nothing is wrong', () => {
    app.synth();
    expect(fs.readdirSync(folder)).toEqual(['shop.k8s.yaml']);
  });

  test('is stopped by a generated object that the webhook would reject, and no file is written', () => {
    new networking.IstioVirtualService(chart, 'Bad', { spec: { hosts: ['a'], http: [{}] } });
    expect(() => app.synth()).toThrow(/\[shop\/Bad\] IST0106\/VS13 spec\.http\[0\]/);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('is told once that a gateway has no server and a virtual service no routes', () => {
    new Gateway(chart, 'Empty', { selector: GatewaySelector.ingress() });
    new VirtualService(chart, 'Blank', { hosts: ['a'] });
    expect(() => app.synth()).toThrow(new Error([
      'Validation failed with the following errors:',
      '[shop/Empty] gateway has no server, set servers or call addServer()',
      '[shop/Blank] virtual service has no routes, set defaultRoute or call addHttpRoute(), addTlsRoute() or addTcpRoute()',
    ].join('\n  ')));
  });

  test('is stopped by a gateway whose servers a patch takes away', () => {
    const gateway = new Gateway(chart, 'Patched', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['*'] })] });
    ApiObject.of(gateway).addJsonPatch(JsonPatch.remove('/spec/servers/0'));
    expect(() => app.synth()).toThrow('[shop/Patched] IST0106/GW2 spec.servers must have at least one server');
  });

  test('is told of a patched resource also where somebody else has a word to say of it', () => {
    const gateway = new Gateway(chart, 'Patched', { selector: GatewaySelector.ingress(), servers: [GatewayServer.http({ hosts: ['*'] })] });
    ApiObject.of(gateway).addJsonPatch(JsonPatch.remove('/spec/servers/0'));
    gateway.node.addValidation({ validate: () => ['has no owner'] });
    expect(() => app.synth()).toThrow(/has no owner[^]*IST0106\/GW2/);
  });

  test('is stopped by a patch that breaks the schema, under the path of the construct that was patched', () => {
    ApiObject.of(entry(chart, 'Patched')).addJsonPatch(JsonPatch.replace('/spec/resolution', 'TELEPATHY'));
    expect(() => app.synth()).toThrow(/\[shop\/Patched\] IST0106\/enum spec\.resolution .*TELEPATHY/);
  });

  test('is stopped by included YAML', () => {
    const file = path.join(folder, 'included.yaml');
    fs.writeFileSync(file, 'apiVersion: networking.istio.io/v1beta1\nkind: Gateway\nmetadata: { name: bad }\nspec: { servers: [] }\n');
    new Include(chart, 'Included', { url: file });
    expect(() => app.synth()).toThrow(/\[shop\/Included\/bad-gateway\] IST0106\/GW2 /);
  });

  test('reports the errors of all constructs at once, beside the messages of others', () => {
    const other = new Construct(chart, 'Other');
    other.node.addValidation({ validate: () => ['something else'] });
    new networking.IstioVirtualService(chart, 'First', { spec: { hosts: ['a'], http: [{}] } });
    new networking.IstioGateway(new Chart(app, 'second'), 'Second', { spec: { servers: [] } });
    const message = (() => {
      try {
        app.synth();
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message.split('\n').map(line => /\[[^\]]*\]/.exec(line)?.[0])).toEqual([undefined, '[shop/Other]', '[shop/First]', '[second/Second]']);
  });

  test('can be mended after a failure', () => {
    const bad = new networking.IstioVirtualService(chart, 'Bad', { spec: { hosts: ['a'], http: [{}] } });
    expect(() => app.synth()).toThrow('IST0106/VS13');
    bad.addJsonPatch(JsonPatch.add('/spec/http/0/route', [{ destination: { host: 'a' } }]));
    app.synth();
    expect(fs.readdirSync(folder)).toEqual(['shop.k8s.yaml']);
  });

  test('is checked in tests as well, each time anew', () => {
    const bad = entry(chart, 'Later');
    expect(Testing.synth(chart)).toHaveLength(2);
    ApiObject.of(bad).addJsonPatch(JsonPatch.replace('/spec/hosts', []));
    expect(() => Testing.synth(chart)).toThrow('[shop/Later] IST0106/');
  });

  test('renders each manifest once in a synthesis, however many charts there are', () => {
    const render = jest.spyOn(ApiObjectMetadataDefinition.prototype, 'toJson');
    for (const id of ['second', 'third']) {
      entry(new Chart(app, id));
    }
    app.synth();
    expect(render).toHaveBeenCalledTimes(3);
    app.synthYaml();
    expect(render).toHaveBeenCalledTimes(6);
    render.mockRestore();
  });

  test('still renders what is asked for between two syntheses', () => {
    app.synthYaml();
    const object = ApiObject.of(chart.node.findChild('Entry'));
    object.metadata.addLabel('team', 'shop');
    expect(object.toJson().metadata.labels).toEqual({ team: 'shop' });
  });

  describe('with something that Istio warns about', () => {
    beforeEach(() => {
      new networking.IstioGateway(chart, 'OldTls', {
        spec: {
          selector: { istio: 'ingressgateway' },
          servers: [{
            hosts: ['a.example'],
            port: { number: 443, name: 'https', protocol: 'HTTPS' },
            tls: {
              mode: networking.GatewaySpecServersTlsMode.SIMPLE,
              credentialName: 'a',
              minProtocolVersion: networking.GatewaySpecServersTlsMinProtocolVersion.TLSV1_UNDERSCORE_0,
            },
          }],
        },
      });
    });

    afterEach(() => delete process.env.CDK8S_OUTDIR);

    test('says so once on stderr when the cdk8s command runs it', () => {
      process.env.CDK8S_OUTDIR = folder;
      new Chart(app, 'second');
      const lines = stderrOf(() => app.synth()).trim().split('\n');
      expect(lines).toEqual([expect.stringMatching(/^warning: \[shop\/OldTls\] IST0133\/GW12 spec\.servers\[0\]\.tls/)]);
    });

    test('says nothing in the middle of a test run', () => {
      expect(stderrOf(() => app.synth())).toBe('');
    });
  });
});

test('an app of generated objects alone is checked once it has mesh settings, made before or after them', () => {
  for (const isFirst of [true, false]) {
    const app = Testing.app();
    const chart = new Chart(app, 'shop');
    const configure = () => MeshSettings.configure(chart, {});
    isFirst && configure();
    new networking.IstioVirtualService(chart, 'Bad', { spec: { hosts: ['a'], http: [{ timeout: '0s', redirect: { uri: '/' } }] } });
    isFirst || configure();
    expect(() => app.synth()).toThrow('[shop/Bad] IST0106/duration spec.http[0].timeout');
  }
});

test('an app without typed resources and mesh settings is left alone', () => {
  const app = new App({ outdir: temporaryFolder() });
  new networking.IstioVirtualService(new Chart(app, 'shop'), 'Bad', { spec: { hosts: ['a'], http: [{}] } });
  app.synth();
  expect(fs.readdirSync(app.outdir)).toEqual(['shop.k8s.yaml']);
  fs.rmSync(app.outdir, { recursive: true });
});

test('what depends on a namespace that the program does not say is not an error', () => {
  const rule = (namespace?: string) => {
    const chart = new Chart(Testing.app(), 'test');
    entry(chart);
    new networking.IstioDestinationRule(chart, 'Rule', {
      metadata: { namespace },
      spec: {
        host: 'a',
        trafficPolicy: { tls: { mode: networking.DestinationRuleSpecTrafficPolicyTlsMode.SIMPLE, credentialName: 'configmap://shop/ca' } },
      },
    });
    return chart;
  };
  expect(Testing.synth(rule())).toHaveLength(2);
  expect(Testing.synth(rule('shop'))).toHaveLength(2);
  expect(() => Testing.synth(rule('books'))).toThrow('IST0106/DR13');
});

test('what is exported to the namespace that it may be applied to is not an error', () => {
  const exported = (exportTo: string[]) => {
    const chart = new Chart(Testing.app(), 'test');
    entry(chart);
    new networking.IstioDestinationRule(chart, 'Rule', { spec: { host: 'a', exportTo, workloadSelector: { matchLabels: { app: 'a' } } } });
    return chart;
  };
  expect(Testing.synth(exported(['shop']))).toHaveLength(2);
  expect(() => Testing.synth(exported(['*']))).toThrow('IST0106/DR3 spec.exportTo');
  expect(() => Testing.synth(exported(['shop', 'books']))).toThrow('IST0106/DR3 spec.exportTo');
});
