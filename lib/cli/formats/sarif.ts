import * as path from 'path';
import { Severity } from '../../checks/finding';
import { documentationOf } from '../../checks/place';
import type { CheckReport, FileNote, LocatedFinding } from '../check-report';
import { packageVersion } from '../package-version';
import { ruleTitle } from '../rule-titles';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const HOME = 'https://github.com/cdk8s-istio/cdk8s-istio';

/** The name of the folder that files are relative to, as SARIF's users know it. */
const ROOT = '%SRCROOT%';

const LEVELS: { readonly [severity in Severity]: string } = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'note',
};

/** SARIF 2.1.0, which code scanning services and editors read. */
export function formatSarif({ findings, problems }: CheckReport): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const indexes = new Map(codes.map((code, index) => [code, index]));
  return `${JSON.stringify({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk8s-istio',
          semanticVersion: packageVersion(),
          informationUri: HOME,
          rules: codes.map(code => ruleOf(code, findings)),
        },
      },
      columnKind: 'utf16CodeUnits',
      invocations: [{
        executionSuccessful: problems.length === 0,
        toolExecutionNotifications: problems.map(problem => ({
          level: 'error',
          message: { text: problem.message },
          locations: [{ physicalLocation: physicalLocation(problem) }],
        })),
      }],
      results: findings.map(finding => resultOf(finding, indexes.get(finding.code)!)),
    }],
  }, undefined, 2)}\n`;
}

function ruleOf(code: string, findings: readonly LocatedFinding[]) {
  const { severity, message } = findings.find(finding => finding.code === code)!;
  const title = ruleTitle(code) ?? message;
  const documentation = documentationOf(code);
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: `${title}\n${documentation}`, markdown: `${title}\n\n[What this finding means](${documentation})` },
    helpUri: documentation,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf(finding: LocatedFinding, ruleIndex: number) {
  const { code, severity, message, fix, kind, name, namespace, propertyPath, file, line, column } = finding;
  const fullName = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${fullName}: ${propertyPath === undefined ? '' : `${propertyPath} `}${message}${fix === undefined ? '' : `. ${fix}`}` },
    locations: [{
      physicalLocation: physicalLocation({ file: file ?? '', line, column }),
      logicalLocations: [{ fullyQualifiedName: propertyPath === undefined ? fullName : `${fullName} ${propertyPath}`, kind: 'resource' }],
    }],
  };
}

function physicalLocation({ file, line, column }: Pick<FileNote, 'file' | 'line' | 'column'>) {
  return {
    artifactLocation: artifactLocation(file),
    ...line === undefined ? {} : { region: { startLine: line, ...column === undefined ? {} : { startColumn: column } } },
  };
}

/** A file below the current folder is named relative to it; a file elsewhere by its whole address. */
function artifactLocation(file: string) {
  const relative = path.relative(process.cwd(), path.resolve(file)).split(path.sep).join('/');
  return relative.startsWith('../') || path.isAbsolute(relative)
    ? { uri: `file://${encodeURI(path.resolve(file).split(path.sep).join('/'))}` }
    : { uri: encodeURI(relative), uriBaseId: ROOT };
}
