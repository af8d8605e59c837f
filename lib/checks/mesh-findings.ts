import { Finding } from './finding';
import { documentationOf, placeOf } from './place';
import { Problem, Rule, RuleContext, RULES } from './rules';
import { CheckSettings, istioVersionOf } from './settings';
import { isPlainObject } from '../mesh/manifest';
import type { MeshModel } from '../mesh/model';
import type { Resource } from '../mesh/resource';
import { minorOf } from '../private/istio-release';

/** A finding about objects that do not fit together, and whether a person is told. */
export class MeshFinding {
  constructor(private readonly rule: Rule, private readonly problem: Problem, public readonly isShown: boolean) {
  }

  public get code(): string {
    return this.rule.code;
  }

  public get resource(): Resource {
    return this.problem.resource;
  }

  /** The finding as a person is shown it: most are not, so it is made when it is asked for. */
  public get finding(): Finding {
    return findingOf(this.rule, this.problem);
  }
}

/**
 * What is wrong with the objects of a mesh together.
 *
 * @param asked `all` for Istio's raw verdict as well, `shown` where what a person is not told need not be found
 */
export function meshFindings(mesh: MeshModel, settings: CheckSettings, rules: readonly Rule[] = RULES, asked: 'all' | 'shown' = 'all'): MeshFinding[] {
  const minor = minorOf(istioVersionOf(settings));
  const closedWorld = settings.closedWorld === true;
  const context: RuleContext = {
    mesh,
    closedWorld,
    asksForMissing: closedWorld || asked === 'all',
    hasNamespace: ({ manifest }) => isPlainObject(manifest.metadata) && typeof manifest.metadata.namespace === 'string',
    isAtLeast: version => minor >= minorOf(version),
  };
  const found: MeshFinding[] = [];
  for (const rule of rules) {
    const isOf = rule.since === undefined || context.isAtLeast(rule.since);
    if (isOf && (context.asksForMissing || rule.isAboutMissing !== true)) {
      for (const problem of rule.check(context)) {
        const isMissing = problem.missing === true || rule.isAboutMissing === true;
        const isShown = problem.falseAlarm !== true && (closedWorld || !isMissing);
        if (isShown || asked === 'all') {
          found.push(new MeshFinding(rule, problem, isShown));
        }
      }
    }
  }
  return found;
}

function findingOf(rule: Rule, { resource, path, message, fix, severity }: Problem): Finding {
  return {
    ...placeOf(resource.source),
    code: rule.code,
    severity: severity ?? rule.severity,
    istioLevel: rule.istioLevel,
    message,
    propertyPath: path,
    fix,
    documentation: documentationOf(rule.code),
  };
}
