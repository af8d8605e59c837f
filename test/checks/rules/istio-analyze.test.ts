import * as fs from 'fs';
import * as path from 'path';
import { parse, parseAllDocuments } from 'yaml';
import { RULES_OF_ANALYZER } from './analyzers';
import { meshFindings } from '../../../lib/checks/mesh-findings';
import { ANALYZER_RULES } from '../../../lib/checks/rules/analyzer-rules';
import { checkWebhook } from '../../../lib/checks/webhook';
import { codeOf } from '../../../lib/checks/webhook/codes';
import { MeshModel } from '../../../lib/mesh/model';
import { sharedFolder } from '../../shared';

interface Case {
  readonly name: string;
  readonly inputFiles: readonly string[];
  readonly meshConfigFile?: string;
  readonly analyzer: string;
  readonly expected: readonly { readonly code: string; readonly resource: string }[];
}

const CORPUS = sharedFolder('corpus/istio-analyze');

/** What describes Istio's main branch, not yet a release. */
const NEXT_RELEASE: { readonly [name: string]: string } = { virtualServiceKubernetesGateways: '1.32' };

function read(file: string): string {
  return fs.readFileSync(path.join(CORPUS.path, file), 'utf-8');
}

function resourceName({ kind, metadata: { namespace, name } }: any): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function found({ name, inputFiles, meshConfigFile, analyzer }: Case): string[] {
  const manifests = inputFiles.flatMap(file => parseAllDocuments(read(file)).map(document => document.toJS())).filter(object => object !== null);
  if (analyzer === 'schema.ValidationAnalyzer.VirtualService') {
    return manifests.flatMap(manifest => checkWebhook(manifest, { asWritten: true }).map(finding => `${codeOf(finding).split('/')[0]} ${resourceName(manifest)}`));
  }
  const settings = {
    // Istio's tests read objects without a namespace as they are
    defaultNamespace: '',
    meshConfig: meshConfigFile === undefined ? undefined : parse(read(meshConfigFile)),
    istioVersion: NEXT_RELEASE[name],
  };
  const mesh = new MeshModel(manifests.map(manifest => ({ manifest })), settings);
  return meshFindings(mesh, settings, RULES_OF_ANALYZER[analyzer]).map(({ finding, resource }) => `${finding.code} ${resourceName(resource.manifest)}`);
}

const unique = (list: readonly string[]) => [...new Set(list)].sort();

CORPUS.describe("the cases of Istio's own analyzer tests", () => {
  const cases: readonly Case[] = fs.existsSync(CORPUS.path) ? JSON.parse(read('cases.json')) : [];

  for (const each of cases) {
    test(each.name, () => {
      expect(unique(found(each))).toEqual(unique(each.expected.map(({ code, resource }) => `${code} ${resource}`)));
    });
  }

  test('are 64', () => {
    expect(cases).toHaveLength(64);
  });
});

test("every rule is one of Istio's analyzers", () => {
  expect(ANALYZER_RULES.filter(rule => !Object.values(RULES_OF_ANALYZER).some(rules => rules.includes(rule)))).toEqual([]);
});
