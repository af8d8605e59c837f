import { isDeepStrictEqual } from 'util';
import { codePoints } from './code-points';
import { parseDuration } from './duration';
import type { BinaryOperator, Expression } from './expression';
import { compilePattern } from './pattern';

/** The values of the variables of an expression, each at the place that the compiler gave it. */
type Frame = unknown[];
type Evaluate = (frame: Frame) => any;

/** Why an expression has no value; the API server refuses the object then too. */
export class EvaluationError extends Error {}

/**
 * Compiles an expression over `self` to closures. The values that it sees have the types of the schema, and a field that is
 * null is absent.
 */
export function compileExpression(expression: Expression): (self: unknown) => unknown {
  const evaluate = compile(expression, ['self']);
  return self => evaluate([self]);
}

function compile(expression: Expression, variables: readonly string[]): Evaluate {
  switch (expression[0]) {
    case 'value':
      return constant(expression[1]);
    case 'id':
      return compileVariable(expression[1], variables);
    case '.':
      return compileSelect(compile(expression[1], variables), expression[2]);
    case 'list':
      return compileList(expression[1].map(item => compile(item, variables)));
    case '!_':
      return not(compile(expression[1], variables));
    case '?:':
      return condition(compile(expression[1], variables), compile(expression[2], variables), compile(expression[3], variables));
    case 'call':
      return compileCall(expression[1], expression[2], variables);
    case 'rcall':
      return compileMethod(expression[1], expression[2], expression[3], variables);
    default:
      return compileBinary(expression[0], compile(expression[1], variables), compile(expression[2], variables));
  }
}

function constant(value: unknown): Evaluate {
  return () => value;
}

function compileVariable(name: string, variables: readonly string[]): Evaluate {
  const place = variables.lastIndexOf(name);
  if (place < 0) {
    throw unsupported(`variable ${name}`);
  }
  return frame => frame[place];
}

function compileSelect(target: Evaluate, name: string): Evaluate {
  return frame => {
    const value = target(frame)[name];
    if (value === undefined || value === null) {
      throw new EvaluationError(`no such key: ${name}`);
    }
    return value;
  };
}

function compileList(items: readonly Evaluate[]): Evaluate {
  return frame => items.map(item => item(frame));
}

function not(operand: Evaluate): Evaluate {
  return frame => !operand(frame);
}

function condition(test: Evaluate, consequent: Evaluate, alternative: Evaluate): Evaluate {
  return frame => test(frame) ? consequent(frame) : alternative(frame);
}

function compileBinary(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case '&&':
      return connect(left, right, false);
    case '||':
      return connect(left, right, true);
    case '==':
      return frame => isEqual(left(frame), right(frame));
    case '!=':
      return frame => !isEqual(left(frame), right(frame));
    case '<':
      return frame => left(frame) < right(frame);
    case '<=':
      return frame => left(frame) <= right(frame);
    case '>':
      return frame => left(frame) > right(frame);
    case '>=':
      return frame => left(frame) >= right(frame);
    case '+':
      return frame => left(frame) + right(frame);
    case 'in':
      return frame => isIn(left(frame), right(frame));
    default:
      throw unsupported(`operator ${operator}`);
  }
}

/** One operand with the deciding value is enough; one that cannot be evaluated only counts when the other does not decide. */
function connect(left: Evaluate, right: Evaluate, deciding: boolean): Evaluate {
  return frame => {
    let failure: unknown;
    try {
      if (left(frame) === deciding) {
        return deciding;
      }
    } catch (error) {
      failure = error;
    }
    if (right(frame) === deciding) {
      return deciding;
    }
    if (failure !== undefined) {
      throw failure;
    }
    return !deciding;
  };
}

function isEqual(left: unknown, right: unknown): boolean {
  return left === right || (typeof left === 'object' && isDeepStrictEqual(left, right));
}

function isIn(value: unknown, list: unknown): boolean {
  return (list as readonly unknown[]).some(item => isEqual(item, value));
}

function compileCall(name: string, operands: readonly Expression[], variables: readonly string[]): Evaluate {
  switch (name) {
    case 'has':
      return compileHas(operands[0], variables);
    case 'size':
      return compileSize(compile(operands[0], variables));
    case 'duration':
      return compileDuration(operands[0], variables);
    default:
      throw unsupported(`function ${name}`);
  }
}

function compileHas(operand: Expression, variables: readonly string[]): Evaluate {
  if (operand[0] !== '.') {
    throw unsupported('has() without a field');
  }
  const target = compile(operand[1], variables);
  const name = operand[2];
  return frame => {
    const value = target(frame)[name];
    return value !== undefined && value !== null;
  };
}

function compileSize(operand: Evaluate): Evaluate {
  return frame => {
    const value = operand(frame);
    return typeof value === 'string' ? codePoints(value) : members(value).length;
  };
}

/** The items of a list or the keys of a map. */
function members(value: any): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  const keys: string[] = [];
  for (const key in value) {
    if (value[key] !== undefined && value[key] !== null) {
      keys.push(key);
    }
  }
  return keys;
}

function compileDuration(operand: Expression, variables: readonly string[]): Evaluate {
  if (operand[0] === 'value') {
    return constant(durationOf(operand[1]));
  }
  const text = compile(operand, variables);
  return frame => durationOf(text(frame));
}

function durationOf(text: unknown): number | bigint {
  const duration = parseDuration(text as string);
  if (duration === undefined) {
    throw new EvaluationError('type conversion error from \'string\' to \'google.protobuf.Duration\'');
  }
  return duration;
}

function compileMethod(name: string, receiver: Expression, operands: readonly Expression[], variables: readonly string[]): Evaluate {
  const target = compile(receiver, variables);
  switch (name) {
    case 'all':
    case 'exists':
    case 'exists_one':
      return compileLoop(name, target, operands, variables);
    case 'matches':
      return compileMatches(target, operands[0]);
    case 'size':
      return compileSize(target);
  }
  const [first, second] = operands.map(operand => compile(operand, variables));
  switch (name) {
    case 'contains':
      return frame => target(frame).includes(first(frame));
    case 'startsWith':
      return frame => target(frame).startsWith(first(frame));
    case 'endsWith':
      return frame => target(frame).endsWith(first(frame));
    case 'substring':
      return frame => substring(target(frame), first(frame), second(frame));
    default:
      throw unsupported(`function ${name}`);
  }
}

function compileMatches(target: Evaluate, pattern: Expression): Evaluate {
  if (pattern[0] !== 'value') {
    throw unsupported('matches() of a computed pattern');
  }
  const matches = compilePattern(pattern[1] as string);
  return frame => matches(target(frame));
}

function substring(text: string, start: number, end: number): string {
  // code points, not the halves of them that JavaScript counts; none of them beyond the end is looked at
  const characters = Array.from(text.slice(0, 2 * end)).slice(0, end);
  if (characters.length < end) {
    throw new EvaluationError(`index out of range: ${characters.length < start ? start : end}`);
  }
  return characters.slice(start).join('');
}

function compileLoop(name: 'all' | 'exists' | 'exists_one', target: Evaluate, operands: readonly Expression[], variables: readonly string[]): Evaluate {
  const [variable, body] = operands;
  if (variable[0] !== 'id') {
    throw unsupported(`${name}() without a variable`);
  }
  const place = variables.length;
  const test = compile(body, [...variables, variable[1]]);
  if (name === 'exists_one') {
    return frame => {
      let count = 0;
      for (const member of members(target(frame))) {
        frame[place] = member;
        if (test(frame) === true) {
          count++;
        }
      }
      return count === 1;
    };
  }
  const deciding = name === 'exists';
  return frame => {
    let failure: unknown;
    for (const member of members(target(frame))) {
      frame[place] = member;
      try {
        if (test(frame) === deciding) {
          return deciding;
        }
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) {
      throw failure;
    }
    return !deciding;
  };
}

function unsupported(what: string): Error {
  return new Error(`a CEL rule uses ${what}, which the checks do not understand`);
}
