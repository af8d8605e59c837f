import * as fs from 'fs';
import * as path from 'path';
import { destinationRuleExemptions, destinationRulePrograms } from './fields/destination-rule.fields';
import type { Exemption } from './fields/exemption';
import { gatewayExemptions, gatewayPrograms } from './fields/gateway.fields';
import { LEFT_OUT } from './fields/left-out';
import { serviceEntryExemptions, serviceEntryPrograms } from './fields/service-entry.fields';
import { virtualServiceExemptions, virtualServicePrograms } from './fields/virtual-service.fields';
import { manifestsOf, testChart } from './util';
import * as schemas from '../imports/istio-schema.json';
import type { Schema } from '../scripts/crds';
import { withLeftOutTable } from '../scripts/left-out-fields';
import { specPaths } from '../scripts/schema-paths';

const KINDS = {
  DestinationRule: { programs: destinationRulePrograms, exemptions: destinationRuleExemptions },
  Gateway: { programs: gatewayPrograms, exemptions: gatewayExemptions },
  ServiceEntry: { programs: serviceEntryPrograms, exemptions: serviceEntryExemptions },
  VirtualService: { programs: virtualServicePrograms, exemptions: virtualServiceExemptions },
};

/** The paths of a value in the writing of `specPaths`, each with what stands there. */
function emitted(value: unknown, at: string): [string, unknown][] {
  const below = Array.isArray(value)
    ? value.flatMap(item => emitted(item, `${at}[]`))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, child]) => [...emitted(child, `${at}.${key}`), ...emitted(child, `${at}{}`)])
      : [];
  return [[at, value], ...below];
}

function emittedPaths(kind: keyof typeof KINDS): Set<string> {
  const chart = testChart();
  KINDS[kind].programs(chart);
  const specs = manifestsOf(chart).filter(manifest => manifest.kind === kind).map(manifest => manifest.spec);
  return new Set(specs.flatMap(spec => emitted(spec, 'spec')).flatMap(([at, value]) => [at, `${at}=${value}`]));
}

describe.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('%s', kind => {
  const leaves = specPaths((schemas as unknown as { [kind: string]: Schema })[kind]);
  const exempt = new Set(KINDS[kind].exemptions.map(exemption => exemption.path));

  test('every field and enum value of the schema is written by the typed API', () => {
    const written = emittedPaths(kind);
    expect(leaves.length).toBeGreaterThan(15);
    expect(leaves.filter(leaf => !written.has(leaf) && !exempt.has(leaf))).toEqual([]);
  });

  test('what is left out on purpose is in the schema, is not written, and says why', () => {
    const written = emittedPaths(kind);
    expect([...exempt].filter(leaf => !leaves.includes(leaf))).toEqual([]);
    expect([...exempt].filter(leaf => written.has(leaf))).toEqual([]);
    for (const exemption of KINDS[kind].exemptions as Exemption[]) {
      expect(exemption.reason.length).toBeGreaterThan(10);
      expect(exemption.replacement.length).toBeGreaterThan(3);
    }
  });
});

test('what is left out on purpose is documented', () => {
  const page = fs.readFileSync(path.resolve(__dirname, '..', 'docs', 'left-out-fields.md'), 'utf-8');
  expect(withLeftOutTable(page, LEFT_OUT)).toBe(page);
});
