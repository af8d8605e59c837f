import * as fs from 'fs';
import * as path from 'path';
import { parse, parseAllDocuments } from 'yaml';
import { sharedFolder } from './shared';
import { SUPPRESS } from '../lib/checks/suppressions';
import { captureYaml, EXAMPLES } from '../scripts/programs';

// the tutorial that the examples come from, as data: what the programs write is compared with it, field by field

const TUTORIAL = sharedFolder('corpus/tutorial');
const IDENTITY = ['apiVersion', 'kind'];

/** What a program of examples/ writes, by kind and name: the order of documents has no meaning. */
function synthesized(name: string): { [key: string]: any } {
  return byName(captureYaml(() => jest.requireActual(path.join(EXAMPLES, `tutorial-${name}`))));
}

/** Without the annotation by which a program says that the checks may pass over a mistake of the tutorial. */
function withoutSuppressions(object: any): any {
  const { annotations, ...metadata } = object.metadata;
  return annotations?.[SUPPRESS] === undefined ? object : { ...object, metadata };
}

function byName(yaml: string): { [key: string]: any } {
  return Object.fromEntries(parseAllDocuments(yaml).map(document => withoutSuppressions(document.toJS())).map(object => [`${object.kind} ${object.metadata.name}`, object]));
}

function read(file: string): string {
  return fs.readFileSync(path.join(TUTORIAL.path, file), 'utf-8');
}

/** The spec of the only object that a program writes, without what completes the tutorial's fragment to an object. */
function specOf(name: string): any {
  const objects = Object.values(synthesized(name));
  expect(objects.map(object => IDENTITY.every(field => field in object))).toEqual([true]);
  return objects[0].spec;
}

TUTORIAL.describe('the documents of the tutorial', () => {
  test.each([
    '01-gateway-http', '02-gateway-https', '03-virtualservice-by-path', '05-weights', '06-by-header', '09-destinationrule', '10-subsets',
    '15-serviceentry', '16-external-api', '17-internal-alias', '18-complete-example',
  ])('%s is written to the letter', name => {
    expect(synthesized(name)).toEqual(byName(read(`${name}.yaml`)));
  });

  test.each([
    ['07-header-operations', { hosts: ['service-a'] }],
    ['08-timeout-retry', { hosts: ['service-a'] }],
    ['11-load-balancer', { host: 'reviews' }],
    ['13-connection-pool', { host: 'reviews' }],
    ['14-circuit-breaker', { host: 'reviews' }],
  ])('the fragment %s is written to the letter in the smallest whole object', (name, completion) => {
    expect(specOf(name)).toEqual({ ...completion, ...parse(read(`${name}.fragment.yaml`)) });
  });

  test('the three keys of consistent hashing of 12-sticky-session are three rules', () => {
    const hashOf = (object: any) => object.spec.trafficPolicy.loadBalancer.consistentHash;
    const objects = synthesized('12-sticky-session');
    expect(hashOf(objects['DestinationRule by-header'])).toEqual(parse(read('12-sticky-session.fragment.yaml')).trafficPolicy.loadBalancer.consistentHash);
    expect(hashOf(objects['DestinationRule by-cookie'])).toEqual({ httpCookie: { name: 'session-id', ttl: '3600s' } });
    expect(hashOf(objects['DestinationRule by-source'])).toEqual({ useSourceIp: true });
  });

  test('the impossible match of 04-match-conditions becomes three', () => {
    const [impossible, ...others] = parse(read('04-match-conditions.fragment.yaml')).http[0].match;
    expect(Object.keys(impossible.uri)).toEqual(['exact', 'prefix', 'regex']);
    const possible = Object.entries(impossible.uri).map(([kind, text]) => ({ uri: { [kind]: text } }));
    expect(specOf('04-match-conditions').http).toEqual([{ match: [...possible, ...others], route: [{ destination: { host: 'service-a' } }] }]);
  });
});
