// regenerates imports/networking.istio.io.ts and imports/istio-schema.json: same input, same bytes
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { stringify } from 'yaml';
import { readNetworkingCrds, trafficSchemas } from './crds';

async function crdText(): Promise<string> {
  const file = process.env.ISTIO_CRDS;
  if (file) {
    return fs.readFileSync(file, 'utf-8');
  }
  const address = process.env.ISTIO_CRDS_ADDRESS!;
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`cannot read ${address}: ${response.status}, set ISTIO_CRDS to a file of Istio's CRDs`);
  }
  return response.text();
}

/** Drops what carries prose or only concerns other tools, and sorts the keys of maps of properties. */
function withoutProse(node: unknown): unknown {
  if (Array.isArray(node)) {
    return node.map(withoutProse);
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  return Object.fromEntries(Object.entries(node)
    // a property may itself be called "description": only a text is prose
    .filter(([key, value]) => !(key === 'description' && typeof value === 'string'))
    .map(([key, value]) => [key, withoutProse(value)]));
}

async function main() {
  const imports = path.resolve(__dirname, '..', 'imports');
  const crds = readNetworkingCrds(await crdText());
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-istio-import-'));
  try {
    const file = path.join(folder, 'crds.yaml');
    fs.writeFileSync(file, crds.map(crd => stringify(crd)).join('---\n'));
    execFileSync('npx', ['--no-install', 'cdk8s', 'import', file, '--language', 'typescript', '--output', imports,
      '--class-prefix', 'Istio', '--no-save', '--no-check-upgrade'], { stdio: 'inherit' });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
  const schemas = trafficSchemas(crds);
  fs.writeFileSync(path.join(imports, 'istio-schema.json'), JSON.stringify(withoutProse(schemas), undefined, 1) + '\n');
  console.log(`imports/ written: ${crds.map(crd => crd.spec.names.kind).join(', ')}`);
}

main().catch(error => {
  console.error((error as Error).message);
  process.exit(1);
});
