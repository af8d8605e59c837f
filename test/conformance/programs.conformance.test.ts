import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { crdFile, Oracle, Verdict } from './oracle';
import { checkWebhook } from '../../lib/checks/webhook';
import { markdownFiles } from '../../scripts/markdown';
import { EXAMPLES, exampleNames, ROOT } from '../../scripts/programs';
import { destinationRulePrograms } from '../fields/destination-rule.fields';
import { gatewayPrograms } from '../fields/gateway.fields';
import { serviceEntryPrograms } from '../fields/service-entry.fields';
import { virtualServicePrograms } from '../fields/virtual-service.fields';
import { manifestsOf, testChart } from '../util';

interface Written {
  readonly place: string;
  readonly object: any;
}

const TRAFFIC_KINDS = ['DestinationRule', 'Gateway', 'ServiceEntry', 'VirtualService'];

function documents(place: string, yaml: string): Written[] {
  return parseAllDocuments(yaml).map(document => document.toJS()).filter(object => TRAFFIC_KINDS.includes(object?.kind))
    .map(object => ({ place: `${place}: ${object.kind} ${object.metadata.name}`, object }));
}

/** What the examples write, patterns included. */
function examples(): Written[] {
  return exampleNames().flatMap(name => documents(`examples/${name}`, fs.readFileSync(path.join(EXAMPLES, `${name}.yaml`), 'utf-8')));
}

/** What the programs in the documentation write. The page about escape hatches shows on purpose what Istio does not know. */
function documented(): Written[] {
  return markdownFiles().filter(file => !file.endsWith('escape-hatches.md') && !file.endsWith('rules.md')).flatMap(file =>
    [...fs.readFileSync(path.join(ROOT, file), 'utf-8').matchAll(/^<!-- yaml -->\n```yaml\n([\s\S]*?)^```$/gm)].flatMap(match => documents(file, match[1])));
}

/** What the programs write that use every field of the schema. */
function fields(): Written[] {
  return [destinationRulePrograms, gatewayPrograms, serviceEntryPrograms, virtualServicePrograms].flatMap(program => {
    const chart = testChart();
    program(chart);
    return manifestsOf(chart).map(object => ({ place: `fields: ${object.kind} ${object.metadata.name}`, object }));
  });
}

describe('the real Istio accepts what programs write, and warns only where we do', () => {
  test.each([['examples', examples], ['documentation', documented], ['programs that use every field', fields]])('%s', async (_title, written) => {
    const objects = written();
    const oracle = Oracle.start('verdict', ['--crds', crdFile()]);
    const verdicts = await oracle.ask<Verdict>(objects.map(({ object }) => ({ object })));
    oracle.stop();
    expect(objects.length).toBeGreaterThan(20);
    const refused = objects.flatMap(({ place }, index) => {
      const { error, panic, schema, metadata, webhook, unknownFields = [] } = verdicts[index];
      const errors = [error, panic, webhook.decodeError, ...schema.errors, ...metadata.errors, ...webhook.errors, ...unknownFields];
      return errors.filter(message => message !== undefined).map(message => `${place}: ${message}`);
    });
    expect(refused).toEqual([]);
    const unannounced = objects.filter(({ object }, index) => verdicts[index].webhook.warnings.length > 0
      && !checkWebhook(object).some(({ severity }) => severity === 'warning'));
    expect(unannounced.map(({ place }) => place)).toEqual([]);
  });
});
