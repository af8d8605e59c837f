import { ApiObject, App, Chart, IResolver, JsonPatch, Yaml } from 'cdk8s';
import { DestinationRule, networking, Resolution, ServiceEntry, ServiceHost } from '../../lib';
import { destinationRulePrograms } from '../fields/destination-rule.fields';
import { gatewayPrograms } from '../fields/gateway.fields';
import { serviceEntryPrograms } from '../fields/service-entry.fields';
import { virtualServicePrograms } from '../fields/virtual-service.fields';
import { testChart } from '../util';

const KINDS = {
  DestinationRule: { programs: destinationRulePrograms, generated: networking.IstioDestinationRule },
  Gateway: { programs: gatewayPrograms, generated: networking.IstioGateway },
  ServiceEntry: { programs: serviceEntryPrograms, generated: networking.IstioServiceEntry },
  VirtualService: { programs: virtualServicePrograms, generated: networking.IstioVirtualService },
};

/** A spec by the names of the generated classes, its fields and maps turned round. */
function asProps(value: any): any {
  if (Array.isArray(value)) {
    return value.map(asProps);
  }
  return typeof value !== 'object' || value === null ? value : Object.fromEntries(Object.entries(value).reverse().map(([key, field]) => (
    [key === 'consecutive5xxErrors' ? 'consecutive5XxErrors' : key, asProps(field)]
  )));
}

test.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('%s is written to the letter as the generated class writes it', kind => {
  const chart = testChart();
  KINDS[kind].programs(chart);
  const objects = chart.node.findAll().filter(ApiObject.isApiObject).filter(object => object.kind === kind);
  expect(objects.length).toBeGreaterThan(3);
  objects.forEach((object, index) => {
    expect(object).toBeInstanceOf(KINDS[kind].generated);
    const manifest = object.toJson();
    const generated = new KINDS[kind].generated(chart, `Generated${index}`, { metadata: manifest.metadata, spec: asProps(manifest.spec) });
    expect(Yaml.stringify(manifest)).toBe(Yaml.stringify(generated.toJson()));
  });
});

function rule(chart: Chart): ApiObject {
  return ApiObject.of(new DestinationRule(chart, 'Rule', {
    host: ServiceHost.fromName('reviews'),
    trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } },
  }));
}

test('a patch sees the names that are written', () => {
  const object = rule(testChart());
  object.addJsonPatch(JsonPatch.replace('/spec/trafficPolicy/outlierDetection/consecutive5xxErrors', 7));
  expect(object.toJson().spec).toEqual({ host: 'reviews', trafficPolicy: { outlierDetection: { consecutive5xxErrors: 7 } } });
});

test('a patch of a field that the generated class does not know is kept, and is an error at synth', () => {
  const chart = testChart();
  const object = rule(chart);
  object.addJsonPatch(JsonPatch.add('/spec/fieldOfTomorrow', true));
  expect(object.toJson().spec.fieldOfTomorrow).toBe(true);
  expect(() => chart.toJson()).toThrow('[test/Rule] IST0106/unknown-field spec.fieldOfTomorrow');
});

test('a resolver of the app sees the spec', () => {
  const resolver: IResolver = { resolve: context => context.value === 'reviews' && context.replaceValue('ratings') };
  const object = rule(new Chart(new App({ resolvers: [resolver] }), 'test'));
  expect(object.toJson().spec.host).toBe('ratings');
});

test('names are not put in order where cdk8s is told not to', () => {
  const entry = ApiObject.of(new ServiceEntry(testChart(), 'Entry', {
    hosts: ['a.example'],
    resolution: Resolution.staticEndpoints([{ address: '10.0.0.1', labels: { z: '1', a: '2' } }]),
  }));
  const labels = () => Object.keys(entry.toJson().spec.endpoints[0].labels);
  expect(labels()).toEqual(['a', 'z']);
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    expect(labels()).toEqual(['z', 'a']);
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
  }
});
