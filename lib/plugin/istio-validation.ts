import { readFileSync } from 'fs';
import { PluginSettings, readPluginSettings } from './plugin-settings';
import type { Finding } from '../checks/finding';
import { InputChecks } from '../cli/check-inputs';
import type { FileNote, LocatedFinding } from '../cli/check-report';
import { decode } from '../cli/inputs';
import { ruleTitle } from '../cli/rule-titles';

// what cdk8s-cli hands to a plugin, as far as it is used here

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly ViolatingResource[];
}

interface ViolatingResource {
  readonly resourceName: string;
  readonly locations: readonly string[];
  readonly manifestPath: string;
}

interface ValidationContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [name: string]: string }): void;
  };
}

const UNREADABLE = 'unreadable manifest';

/** Checks the manifests of an app at `cdk8s synth`, also where the app uses nothing of this library: for `validations` in cdk8s.yaml. */
export class IstioValidation {
  private readonly settings: PluginSettings;

  constructor(properties: { readonly [name: string]: any } = {}) {
    this.settings = readPluginSettings(properties, process.cwd());
  }

  public async validate({ manifests, report }: ValidationContext): Promise<void> {
    const checks = new InputChecks();
    const unreadable: FileNote[] = [];
    for (const file of manifests) {
      const input = decode(file, readFileSync(file));
      if ('reason' in input) {
        unreadable.push({ file, message: input.reason });
      } else {
        checks.add(input);
      }
    }
    const { findings, problems, objects } = checks.check(this.settings.checks);
    const nameOf = namer(checks.names());
    [...unreadable, ...problems].forEach(problem => report.addViolation(unreadableViolation(problem)));
    for (const [code, found] of byCode(findings)) {
      report.addViolation(violationOf(code, found, nameOf));
    }
    const failed = unreadable.length + problems.length > 0 || findings.some(({ severity }) => this.settings.failing.includes(severity));
    report.submit(failed ? 'failure' : 'success', { objects: String(objects), findings: String(findings.length) });
  }
}

/**
 * How a resource is named in the report. cdk8s finds the construct of a resource by its name alone, and would name the wrong one where
 * two resources share a name: such names are given together with the kind, which no construct has.
 */
function namer(names: readonly string[]): (finding: Finding) => string {
  const seen = new Set<string>();
  const shared = new Set(names.filter(name => seen.has(name) || !seen.add(name)));
  return ({ kind, name }) => shared.has(name) ? `${name} (${kind})` : name;
}

function byCode(findings: readonly LocatedFinding[]): Map<string, LocatedFinding[]> {
  const groups = new Map<string, LocatedFinding[]>();
  findings.forEach(finding => groups.set(finding.code, [...groups.get(finding.code) ?? [], finding]));
  return groups;
}

function violationOf(code: string, findings: readonly LocatedFinding[], nameOf: (finding: Finding) => string): Violation {
  const [{ severity, message, documentation }] = findings;
  const fixes = [...new Set(findings.map(({ fix }) => fix).filter(fix => fix !== undefined))];
  return {
    ruleName: `${severity} ${code}`,
    recommendation: ruleTitle(code) ?? message,
    fix: [...fixes, documentation].join('; '),
    violatingResources: findings.map(finding => ({
      resourceName: nameOf(finding),
      locations: [locationOf(finding)],
      manifestPath: finding.file ?? '',
    })),
  };
}

function locationOf({ kind, propertyPath, line, message }: LocatedFinding): string {
  return `${propertyPath ?? kind} ${message}${line === undefined ? '' : ` (line ${line})`}`;
}

function unreadableViolation({ file, message, line, column }: FileNote): Violation {
  return {
    ruleName: UNREADABLE,
    recommendation: 'A manifest is YAML or JSON that Kubernetes can read.',
    fix: message,
    violatingResources: [{ resourceName: 'N/A', locations: [line === undefined ? message : `line ${line}, column ${column}: ${message}`], manifestPath: file }],
  };
}
