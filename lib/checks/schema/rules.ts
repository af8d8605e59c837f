import { isDeepStrictEqual } from 'util';
import { compileExpression, EvaluationError } from './cel';
import { checkKeywords, Expressions, StructuralSchema } from './structural-schema';
import type { Walk } from './walk';
import { describe } from '../../private/describe';

/** The check of a node's own CEL rules, which sees a value of the right shape. */
export function compileRules(schema: StructuralSchema, expressions: Expressions): ((value: unknown, walk: Walk) => void) | undefined {
  const rules = (schema['x-kubernetes-validations'] ?? []).map(rule => {
    checkKeywords(rule, ['rule', 'message']);
    const expression = expressions[rule.rule];
    if (expression === undefined) {
      throw new Error(`imports/istio-rules.json lacks the rule ${rule.rule}`);
    }
    checkNullable(expression, schema);
    return { holds: compileExpression(expression), text: rule.rule, message: rule.message };
  });
  return rules.length === 0 ? undefined : (value, walk) => {
    for (const { holds, text, message } of rules) {
      if (!evaluates(holds, value)) {
        walk.breaks(text, typeof value === 'object' ? message : `${message}, got ${describe(value)}`, value);
      }
    }
  };
}

/** Whether a rule holds: one that cannot be evaluated does not. */
function evaluates(holds: (self: unknown) => unknown, value: unknown): boolean {
  try {
    return holds(value) === true;
  } catch (error) {
    if (error instanceof EvaluationError) {
      return false;
    }
    throw error;
  }
}

/** A field that may be null is there when it is null, which the compiled expressions do not know. */
function checkNullable(expression: unknown, schema: StructuralSchema): void {
  if (Array.isArray(expression)) {
    const [operator, target, field] = expression;
    if (operator === '.' && isDeepStrictEqual(target, ['id', 'self']) && schema.properties?.[field]?.nullable) {
      throw new Error(`a CEL rule uses ${field}, which may be null: the checks do not understand that`);
    }
    expression.forEach(operand => checkNullable(operand, schema));
  }
}
