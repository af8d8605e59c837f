// regenerates imports/istio-rules.json: the syntax trees of the CEL rules of imports/istio-schema.json, by the text of the rule
import * as fs from 'fs';
import * as path from 'path';

const imports = path.resolve(__dirname, '..', 'imports');

/** All texts of rules below a node of the schema. */
function rulesBelow(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  const own = (node as { 'x-kubernetes-validations'?: { rule: string }[] })['x-kubernetes-validations'];
  return [
    ...(Array.isArray(own) ? own.map(({ rule }) => rule) : []),
    ...Object.values(node).flatMap(rulesBelow),
  ];
}

/** A node of the parser as a list of its operator and its operands. */
function withoutPositions(node: any): unknown {
  if (Array.isArray(node)) {
    return node.map(withoutPositions);
  }
  if (typeof node === 'bigint') {
    return Number(node);
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  const { op, args } = node;
  return [op, ...(Array.isArray(args) && op !== 'list' ? args : [args]).map(withoutPositions)];
}

async function main() {
  const { parse } = await import('@marcbachmann/cel-js');
  const schemas = JSON.parse(fs.readFileSync(path.join(imports, 'istio-schema.json'), 'utf-8'));
  const rules = [...new Set(rulesBelow(schemas))].sort();
  const lines = rules.map(rule => ` ${JSON.stringify(rule)}: ${JSON.stringify(withoutPositions(parse(rule).ast))}`);
  fs.writeFileSync(path.join(imports, 'istio-rules.json'), `{\n${lines.join(',\n')}\n}\n`);
  console.log(`imports/istio-rules.json written: ${rules.length} rules`);
}

main().catch(error => {
  console.error((error as Error).message);
  process.exit(1);
});
