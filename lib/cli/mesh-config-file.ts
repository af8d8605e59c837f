import { readFileSync } from 'fs';
import * as path from 'path';
import { decode } from './inputs';
import { UsageError } from './usage-error';
import { isPlainObject, PlainObject, readObject } from '../mesh/manifest';
import { UnreadableDocument } from '../reading/unreadable-document';
import { readYaml } from '../reading/yaml-document';

/** The mesh configuration in a file: by itself, in the ConfigMap that istiod reads, or in what Istio is installed with. */
export function readMeshConfig(file: string, folder: string): PlainObject {
  const document = readDocument(file, folder);
  const { kind, data, spec, meshConfig } = document;
  if (kind === 'ConfigMap') {
    const { mesh } = readObject(data);
    if (typeof mesh !== 'string') {
      throw new UsageError(`mesh configuration ${file}: the ConfigMap has no text 'mesh' in its data`);
    }
    return parse(file, mesh);
  }
  if (kind === 'IstioOperator' || kind === 'Istio') {
    return readObject(readObject(spec).meshConfig ?? readObject(readObject(spec).values).meshConfig);
  }
  if (typeof kind === 'string') {
    throw new UsageError(`mesh configuration ${file}: this is a ${kind}; give MeshConfig itself, the ConfigMap istio, or an IstioOperator`);
  }
  // the values of Istio's Helm chart
  return isPlainObject(meshConfig) ? meshConfig : document;
}

function readDocument(file: string, folder: string): PlainObject {
  let content: Buffer;
  try {
    content = readFileSync(path.resolve(folder, file));
  } catch (error) {
    throw new UsageError(`mesh configuration ${file}: ${(error as Error).message}`);
  }
  const decoded = decode(file, content);
  if ('reason' in decoded) {
    throw new UsageError(`mesh configuration ${file}: ${decoded.reason}`);
  }
  return parse(file, decoded.text);
}

function parse(file: string, text: string): PlainObject {
  try {
    const { value } = readYaml(text);
    if (isPlainObject(value)) {
      return value;
    }
    throw new UsageError(`mesh configuration ${file}: the mesh configuration must be an object, got ${Array.isArray(value) ? 'a list' : String(value)}`);
  } catch (error) {
    if (error instanceof UnreadableDocument) {
      const line = text.slice(0, error.offset).split('\n').length;
      throw new UsageError(`mesh configuration ${file}: line ${line}: ${error.message}`);
    }
    throw error;
  }
}
