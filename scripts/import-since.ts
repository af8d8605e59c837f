// regenerates imports/istio-since.json: which Istio release brought each field that the oldest known release lacks
import * as fs from 'fs';
import * as path from 'path';
import { readCrdFile, trafficSchemas } from './crds';
import { specPaths } from './schema-paths';

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
const since: { [kind: string]: { [path: string]: string } } = {};
releases.forEach(({ file, version }, index) => {
  for (const [kind, schema] of Object.entries(trafficSchemas(readCrdFile(path.join(history, file))))) {
    for (const leaf of specPaths(schema)) {
      if (!known.has(`${kind}.${leaf}`)) {
        known.add(`${kind}.${leaf}`);
        if (index > 0) {
          (since[kind] ??= {})[leaf] = version;
        }
      }
    }
  }
});

const content = { releases: releases.map(release => release.version), since };
fs.writeFileSync(path.resolve(__dirname, '..', 'imports', 'istio-since.json'), JSON.stringify(content, undefined, 1) + '\n');
console.log(`imports/istio-since.json written: ${content.releases.join(', ')}`);
