import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkConstructs } from './construct-check';
import { Finding, Severity } from './finding';

/** What is known of an app while it is synthesized. */
interface Run {
  readonly errors: Map<IConstruct, string[]>;
}

/**
 * The checks of one app. cdk8s validates an app once as a whole and once more for each chart; within one call of
 * `synth()` nothing can change in between, so the manifests are rendered and checked once.
 */
export class AppChecks {
  private readonly root: IConstruct;
  private readonly attached = new WeakSet<IConstruct>();
  private run?: Run;
  private shared = false;
  private rendered: ApiObject[] = [];

  constructor(root: IConstruct) {
    this.root = root;
  }

  /** Checks the app before the validation of its constructs asks what was found. */
  public check(): void {
    if (this.shared && this.run !== undefined) {
      return;
    }
    this.run = undefined;
    const { manifests, findings } = checkConstructs(this.root);
    const constructs = new Map(manifests.map(({ construct, constructPath }) => [constructPath, construct]));
    const errors = new Map<IConstruct, string[]>();
    const warnings: Finding[] = [];
    for (const finding of findings) {
      const construct = constructs.get(finding.constructPath ?? '') ?? this.root;
      if (finding.severity === Severity.ERROR) {
        if (!isSaidBy(construct, finding)) {
          errors.set(construct, [...errors.get(construct) ?? [], lineOf(finding)]);
        }
      } else if (finding.severity === Severity.WARNING) {
        warnings.push(finding);
      }
    }
    if (this.shared) {
      manifests.filter(({ unwritten }) => unwritten === undefined).forEach(({ object, manifest }) => this.reuse(object, manifest));
    }
    this.run = { errors };
    [...errors.keys()].forEach(construct => this.attach(construct));
    if (this.shared && process.env.CDK8S_OUTDIR !== undefined) {
      report(warnings);
    }
  }

  /** Runs one synthesis, in which all validations share one check and the output is what was checked. */
  public synthesize<T>(work: () => T): T {
    this.shared = true;
    this.run = undefined;
    try {
      return work();
    } finally {
      this.shared = false;
      this.run = undefined;
      // what stood in front of the class's own method
      this.rendered.forEach(object => delete (object as Partial<ApiObject>).toJson);
      this.rendered = [];
    }
  }

  private reuse(object: ApiObject, manifest: unknown): void {
    object.toJson = () => manifest;
    this.rendered.push(object);
  }

  /** Lets cdk8s's own validation report the errors of a construct, under its path and beside what others report. */
  private attach(construct: IConstruct): void {
    if (!this.attached.has(construct)) {
      this.attached.add(construct);
      construct.node.addValidation({ validate: () => this.run?.errors.get(construct) ?? [] });
    }
  }
}

/** Rules about a resource as a whole, which the constructs of this library report themselves, in the words of their properties. */
const SAID_BY_CONSTRUCTS = ['GW2', 'VS3', 'VS4', 'VS5', 'VS6', 'VS7', 'VS34', 'SE8', 'SE11', 'minItems'].map(rule => `IST0106/${rule}`);

function isSaidBy(construct: IConstruct, { code }: Finding): boolean {
  const { _problems: problems } = construct as { _problems?: () => string[] };
  return SAID_BY_CONSTRUCTS.includes(code) && problems !== undefined && problems.call(construct).length > 0;
}

function lineOf(finding: Finding): string {
  return `${finding.code} ${finding.propertyPath ?? finding.kind} ${finding.message}${finding.fix === undefined ? '' : `, ${finding.fix}`}`;
}

/** Warnings go to stderr, because the cdk8s command keeps stdout to itself. */
function report(warnings: Finding[]): void {
  for (const warning of warnings) {
    process.stderr.write(`warning: [${warning.constructPath}] ${lineOf(warning)}\n`);
  }
}

const checksOfApp = new WeakMap<IConstruct, AppChecks>();

/** The checks of the app that a construct belongs to. */
export function checksOf(app: IConstruct): AppChecks {
  const checks = checksOfApp.get(app) ?? new AppChecks(app);
  checksOfApp.set(app, checks);
  return checks;
}
