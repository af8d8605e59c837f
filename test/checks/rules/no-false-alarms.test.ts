import * as fs from 'fs';
import * as path from 'path';
import { App, Chart, Duration } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { whatManifestsName } from './named-services';
import { ExternalApi, ExternalTls, Findings, RetryPolicy } from '../../../lib';
import { checkManifests } from '../../../lib/checks/check';
import { SUPPRESS } from '../../../lib/checks/suppressions';
import { EXAMPLES, exampleNames } from '../../../scripts/programs';
import { sharedFolder } from '../../shared';

function read(file: string): any[] {
  return parseAllDocuments(fs.readFileSync(file, 'utf-8')).map(document => document.toJS()).filter(object => object !== null);
}

function findingsIn(manifests: readonly any[]) {
  return checkManifests(manifests.map(manifest => ({ manifest })));
}

/** What is wrong with each app that a program makes. */
function findingsOfProgram(name: string) {
  const synth = App.prototype.synth;
  const found: (readonly object[])[] = [];
  App.prototype.synth = function () {
    found.push(Findings.of(this));
  };
  try {
    jest.requireActual(path.join(EXAMPLES, name));
  } finally {
    App.prototype.synth = synth;
  }
  return found;
}

test.each(exampleNames())('the example %s has nothing wrong, or says why it is kept so', name => {
  const found = findingsOfProgram(name);
  expect(found.length).toBeGreaterThan(0);
  expect(found.flat()).toEqual([]);
});

const PATTERNS = exampleNames().filter(name => name.startsWith('pattern-'));

test.each(PATTERNS)('the example %s has nothing wrong where there is nothing else, once what it names is there', name => {
  const manifests = read(path.join(EXAMPLES, `${name}.yaml`));
  const all = [...whatManifestsName(manifests), ...manifests];
  expect(checkManifests(all.map(manifest => ({ manifest })), { closedWorld: true }).filter(({ kind }) => kind !== 'Service')).toEqual([]);
});

test('only the documents of the tutorial that are wrong by themselves have suppressions', () => {
  const suppressing = exampleNames().filter(name => fs.readFileSync(path.join(EXAMPLES, `${name}.yaml`), 'utf-8').includes(SUPPRESS));
  expect(suppressing.sort()).toEqual(['tutorial-16-external-api', 'tutorial-18-complete-example']);
});

const TUTORIAL = sharedFolder('corpus/tutorial');

TUTORIAL.describe('the tutorial itself', () => {
  const found = (name: string) => findingsIn(read(path.join(TUTORIAL.path, name)))
    .map(({ code, kind, name: object, propertyPath }) => `${code} ${kind}/${object} ${propertyPath}`);

  test('has TLS inside TLS and a timeout that is ignored in file 16', () => {
    expect(found('16-external-api.yaml')).toEqual([
      'CI0004 VirtualService/external-api-vs spec.http[0]',
      'CI0003 DestinationRule/external-api-dr spec.trafficPolicy.tls',
    ]);
    const [{ message }] = findingsIn(read(path.join(TUTORIAL.path, '16-external-api.yaml')));
    expect(message).toContain('nor its timeout');
  });

  test('has a timeout and retries that are ignored in file 18', () => {
    expect(found('18-complete-example.yaml')).toEqual(['CI0004 VirtualService/payment-api-vs spec.http[0]']);
    const [{ message }] = findingsIn(read(path.join(TUTORIAL.path, '18-complete-example.yaml')));
    expect(message).toContain('nor its timeout and retries');
  });

  test.each(['01-gateway-http', '02-gateway-https', '03-virtualservice-by-path', '05-weights', '06-by-header', '09-destinationrule', '10-subsets',
    '15-serviceentry', '17-internal-alias'])('has nothing wrong in file %s', name => {
    expect(found(`${name}.yaml`)).toEqual([]);
  });
});

test.each([
  ['of file 16', { timeout: Duration.seconds(3), tls: ExternalTls.originate() }],
  ['of file 18', { timeout: Duration.seconds(10), retries: RetryPolicy.attempts(2, { perTryTimeout: Duration.seconds(5) }), tls: ExternalTls.originate() }],
])('an external API with the intent %s has nothing wrong', (_, props) => {
  const chart = new Chart(new App(), 'test');
  new ExternalApi(chart, 'Api', { hosts: ['api.external.com'], ...props });
  expect(Findings.of(chart)).toEqual([]);
});
