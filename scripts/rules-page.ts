import { stringify } from 'yaml';
import { anchorOf } from '../lib/checks/place';
import { SCHEMA_RULES } from '../lib/checks/schema/catalogue';
import { UNREACHABLE_RULES, WEBHOOK_RULES } from '../lib/checks/webhook/catalogue';
import { codeOf } from '../lib/checks/webhook/codes';

const OLDEST = '1.28';

interface Described {
  readonly code: string;
  readonly severity: string;
  readonly title: string;
  readonly since?: string;
  readonly wrong: object;
  readonly right: object;
}

/** The page about all rules that one manifest can break, made from their catalogues. */
export function rulesPage(): string {
  const schema = SCHEMA_RULES.map(rule => ({ ...rule, code: `IST0106/${rule.rule}`, severity: 'error' }));
  const webhook = WEBHOOK_RULES.map(rule => ({ ...rule, code: codeOf(rule) }));
  return [
    '# Find out what a finding means',
    '',
    'Each manifest of the four kinds in an app is put to the schema and the CEL rules of Istio\'s custom resource definitions, as the API server would do, and to the',
    'rules of istiod\'s validating webhook. An error stops `cdk8s synth`; a warning is printed. Objects of generated classes, patched, included and Helm objects are',
    'checked as well as the typed resources, as soon as the app holds one construct of this library.',
    '',
    'A finding names the construct, the code of the rule, the property, the value found and what is allowed.',
    '',
    `Rules without a release hold in every Istio release from ${OLDEST} on.`,
    '',
    '## The schema',
    '',
    ...schema.flatMap(describe),
    '## The webhook',
    '',
    ...webhook.flatMap(describe),
    '## Rules that no manifest can break',
    '',
    'They stand in Istio\'s code and never speak.',
    '',
    '| rule | what it says | why it never speaks |',
    '|---|---|---|',
    ...UNREACHABLE_RULES.map(({ rule, title, reason }) => `| ${rule} | ${title} | ${reason} |`),
    '',
  ].join('\n');
}

function describe({ code, severity, title, since, wrong, right }: Described): string[] {
  return [
    `### <a id="${anchorOf(code)}"></a>\`${code}\``,
    '',
    `${severity}${since === undefined ? '' : `, since Istio ${since}`}: ${title}`,
    '',
    'Wrong:',
    '',
    ...yamlBlock(wrong),
    'Right:',
    '',
    ...yamlBlock(right),
  ];
}

const LONGEST = 600;

/** A manifest as YAML. What is wrong by its length alone is not shown in full length. */
function yamlBlock(manifest: object): string[] {
  const yaml = stringify(manifest, { aliasDuplicateObjects: false, lineWidth: 120 });
  const lines = yaml.length > LONGEST * 3 ? [...yaml.slice(0, LONGEST).split('\n').slice(0, -1), '# …'] : yaml.trimEnd().split('\n');
  return ['```yaml', ...lines, '```', ''];
}
