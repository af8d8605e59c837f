// regenerates imports/istio-since.json: which Istio release brought each field that the oldest known release lacks,
// and the constraints of fields that a release has changed
import * as fs from 'fs';
import * as path from 'path';
import { readCrdFile, Schema, trafficSchemas } from './crds';
import { specConstraints, specPaths } from './schema-paths';

const history = process.env.ISTIO_CRDS_HISTORY;
if (!history) {
  console.error('set ISTIO_CRDS_HISTORY to a folder of istio-<release>.yaml files, one a minor release');
  process.exit(1);
}

const releases = fs.readdirSync(history)
  .flatMap(file => {
    const match = /^istio-(\d+)\.(\d+)\.\d+\.yaml$/.exec(file);
    return match ? [{ file, version: `${match[1]}.${match[2]}`, minor: Number(match[2]) }] : [];
  })
  .sort((a, b) => a.minor - b.minor);

const known = new Set<string>();
const newFields: { [kind: string]: { [path: string]: string } } = {};
const schemas = releases.map(({ file }) => trafficSchemas(readCrdFile(path.join(history, file))));
releases.forEach(({ version }, index) => {
  for (const [kind, schema] of Object.entries(schemas[index])) {
    for (const leaf of specPaths(schema)) {
      if (!known.has(`${kind}.${leaf}`)) {
        known.add(`${kind}.${leaf}`);
        if (index > 0) {
          (newFields[kind] ??= {})[leaf] = version;
        }
      }
    }
  }
});

/** A constraint that a field had up to a release, where the next one has another. */
interface Change {
  readonly keyword: string;
  readonly value?: unknown;
  readonly until: string;

  /** What it is from then on. */
  readonly then?: unknown;
  readonly since: string;
}

function changesOf(older: Schema, newer: Schema, until: string, since: string): { [leaf: string]: Change[] } {
  const next = specConstraints(newer);
  const changes: { [leaf: string]: Change[] } = {};
  for (const [leaf, before] of specConstraints(older)) {
    const after = next.get(leaf);
    for (const keyword of after === undefined ? [] : [...new Set([...Object.keys(before), ...Object.keys(after)])]) {
      if (JSON.stringify(before[keyword]) !== JSON.stringify(after![keyword])) {
        if (!UNDERSTOOD.includes(keyword)) {
          throw new Error(`${leaf} has another ${keyword} after Istio ${until}: lib/checks/older-constraints.ts does not understand that yet`);
        }
        (changes[leaf] ??= []).push({ keyword, value: before[keyword], until, then: after![keyword], since });
      }
    }
  }
  return changes;
}

const UNDERSTOOD = ['minimum', 'maximum', 'format'];
const constraints: { [kind: string]: { [leaf: string]: Change[] } } = {};
for (let index = 0; index + 1 < schemas.length; index++) {
  for (const [kind, schema] of Object.entries(schemas[index])) {
    for (const [leaf, changes] of Object.entries(changesOf(schema, schemas[index + 1][kind], releases[index].version, releases[index + 1].version))) {
      ((constraints[kind] ??= {})[leaf] ??= []).push(...changes);
    }
  }
}

const content = { releases: releases.map(release => release.version), since: newFields, constraints };
fs.writeFileSync(path.resolve(__dirname, '..', 'imports', 'istio-since.json'), JSON.stringify(content, undefined, 1) + '\n');
console.log(`imports/istio-since.json written: ${content.releases.join(', ')}`);
