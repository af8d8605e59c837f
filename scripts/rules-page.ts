import { stringify } from 'yaml';
import { UNUSED_SUPPRESSION, UNWRITTEN } from '../lib/checks/check';
import { NEWER_FIELD } from '../lib/checks/newer-fields';
import { anchorOf } from '../lib/checks/place';
import { Rule, RULES } from '../lib/checks/rules';
import { RULE_EXAMPLES, RuleExample } from '../lib/checks/rules/catalogue';
import { SCHEMA_RULES } from '../lib/checks/schema/catalogue';
import { UNREACHABLE_RULES, WEBHOOK_RULES } from '../lib/checks/webhook/catalogue';
import { codeOf } from '../lib/checks/webhook/codes';
import { REPEATED_KEY } from '../lib/cli/check-inputs';
import { groupBy } from '../lib/mesh/collections';

const OLDEST = '1.28';

interface Described {
  readonly code: string;
  readonly severity: string;
  readonly title: string;
  readonly since?: string;
  readonly wrong: object;
  readonly right: object;
}

/** The page about all rules, made from their catalogues. */
export function rulesPage(): string {
  const schema = SCHEMA_RULES.map(rule => ({ ...rule, code: `IST0106/${rule.rule}`, severity: 'error' }));
  const webhook = WEBHOOK_RULES.map(rule => ({ ...rule, code: codeOf(rule) }));
  return [
    '# Find out what a finding means',
    '',
    'Each manifest of the four kinds in an app is put to the schema and the CEL rules of Istio\'s custom resource definitions, as the API server would do, and to the',
    'rules of istiod\'s validating webhook. An error stops `cdk8s synth`; a warning is printed. Objects of generated classes, patched, included and Helm objects are',
    'checked as well as the typed resources, as soon as the app holds one typed resource or pattern, or has mesh settings ([what switches the checks on](checks.md)).',
    '',
    'Then all objects of the app are looked at together: references, hosts, ports, gateways, the order of routes. What is only missing may exist in the cluster, so it is',
    'reported in a closed world only ([how to say so](checks.md)); what contradicts something in the app is always reported.',
    '',
    'A finding names the construct, the code of the rule, the property, the value found and what is allowed. The codes are those of Istio (`IST`) and Kiali (`KIA`) where',
    'they have one; what nobody else reports has a code of this library (`CI`).',
    '',
    `Rules without a release hold in every Istio release from ${OLDEST} on. Where releases have different bounds for a value, that of the release counts which the mesh runs`,
    '(`istioVersion`, [how to say so](checks.md)).',
    '',
    '## The schema',
    '',
    ...schema.flatMap(describe),
    ...describeAlone(
      NEWER_FIELD,
      'error: A field, or a word that it knows, exists in the Istio release that the mesh runs. The API server of an older one drops it without a word.',
    ),
    '## The webhook',
    '',
    ...webhook.flatMap(describe),
    '## Objects together: what Istio\'s analyzer says',
    '',
    ...together('IST'),
    '## Objects together: what Kiali says',
    '',
    ...together('KIA'),
    '## Objects together: what nobody else says',
    '',
    ...together('CI'),
    ...describeAlone(
      UNUSED_SUPPRESSION,
      'warning: A suppression keeps something quiet: one that nothing needs any more is reported, so that it does not hide what comes later.',
    ),
    ...describeAlone(
      REPEATED_KEY,
      'warning: A key stands once in an object: of two, Kubernetes takes the last one without a word. Found where manifests are read from files.',
    ),
    ...describeAlone(
      UNWRITTEN,
      'error: An object can be written as a manifest: each of its patches applies, and no value is one that JSON does not have, such as a function. Found in apps.',
    ),
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

/** The rules whose code begins with a text, those of one code as one. */
function together(prefix: string): string[] {
  const rules = RULES.filter(({ code }) => code.startsWith(prefix)).sort((a, b) => a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
  return [...groupBy(rules, ({ code }) => code)].flatMap(([code, ofCode]) => [
    `### <a id="${anchorOf(code)}"></a>\`${code}\``,
    '',
    ...ofCode.flatMap(describeRule),
    ...RULE_EXAMPLES.filter(example => example.code === code).flatMap(describeExample),
  ]);
}

function describeRule({ severity, since, istioLevel, title, falseAlarms }: Rule): string[] {
  const level = istioLevel === undefined || istioLevel === severity ? '' : ` (Istio: ${istioLevel})`;
  return [
    `${severity}${level}${since === undefined ? '' : `, since Istio ${since}`}: ${title}`,
    '',
    ...falseAlarms === undefined ? [] : [`Not shown: ${falseAlarms}`, ''],
  ];
}

function describeExample({ title, closedWorld, options, istioVersion, wrong, at, right }: RuleExample): string[] {
  const conditions = [
    ...closedWorld === true ? ['in a closed world'] : [],
    ...istioVersion === undefined ? [] : [`for Istio ${istioVersion}`],
    ...options === undefined ? [] : [`with ${Object.entries(options).map(([name, value]) => `\`${name}: ${JSON.stringify(value)}\``).join(', ')}`],
  ];
  const about = title === undefined ? '' : ` (${title})`;
  return [
    `Wrong${about}${conditions.length === 0 ? '' : `, ${conditions.join(', ')}`}, at ${at.map(place => `\`${place}\``).join(', ')}:`,
    '',
    ...yamlBlock(...wrong),
    `Right${about}:`,
    '',
    ...yamlBlock(...right),
  ];
}

/** What is not asked of one object or of all together, and has no example. */
function describeAlone(code: string, text: string): string[] {
  return [`### <a id="${anchorOf(code)}"></a>\`${code}\``, '', text, ''];
}

const LONGEST = 600;

/** Manifests as YAML. What is wrong by its length alone is not shown in full length. */
function yamlBlock(...manifests: readonly object[]): string[] {
  const yaml = manifests.map(manifest => stringify(manifest, { aliasDuplicateObjects: false, lineWidth: 120 })).join('---\n');
  const lines = yaml.length > LONGEST * 3 ? [...yaml.slice(0, LONGEST).split('\n').slice(0, -1), '# …'] : yaml.trimEnd().split('\n');
  return ['```yaml', ...lines, '```', ''];
}
