/**
 * A node of the syntax tree of a CEL expression, as imports/istio-rules.json holds it: an operator and its operands.
 * Calls are `['call', function, operands]` and `['rcall', function, receiver, operands]`.
 */
export type Expression =
  | readonly ['value', string | number | boolean]
  | readonly ['id', string]
  | readonly ['.', Expression, string]
  | readonly ['list', readonly Expression[]]
  | readonly ['call', string, readonly Expression[]]
  | readonly ['rcall', string, Expression, readonly Expression[]]
  | readonly ['!_', Expression]
  | readonly ['?:', Expression, Expression, Expression]
  | readonly [BinaryOperator, Expression, Expression];

export type BinaryOperator = '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | 'in';
