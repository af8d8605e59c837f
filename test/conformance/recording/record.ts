// run by jest before each file of unit tests: keeps the manifests of every app and chart that is synthesized
import { appendFileSync } from 'fs';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Recorded } from './recorded';
import { Resource } from '../../../lib';

const lines = new Set<string>();
const patched = new WeakSet<ApiObject>();

/** Keeps what a construct writes when it has been synthesized, and also when that has failed. */
function recorded<T>(root: IConstruct, synthesize: () => T): T {
  let isSynthesized = false;
  try {
    const written = synthesize();
    isSynthesized = true;
    return written;
  } finally {
    root.node.findAll().filter(ApiObject.isApiObject).forEach(object => record(object, isSynthesized));
  }
}

function record(object: ApiObject, isSynthesized: boolean): void {
  const { testPath, currentTestName } = expect.getState();
  try {
    const line: Recorded = {
      object: object.toJson(),
      isPromised: isSynthesized && object.node.scope instanceof Resource && !patched.has(object),
      place: `${testPath} ${currentTestName}`,
    };
    lines.add(JSON.stringify(line, (_key, value) => typeof value === 'bigint' ? Number(value) : value));
  } catch (error) {
    // what cannot be written is not synthesized either
    if (isSynthesized) {
      throw error;
    }
  }
}

const { addJsonPatch } = ApiObject.prototype;
ApiObject.prototype.addJsonPatch = function (this: ApiObject, ...patches: JsonPatch[]): void {
  patched.add(this);
  addJsonPatch.apply(this, patches);
};

const { synth, synthYaml } = App.prototype;
App.prototype.synth = function (this: App): void {
  recorded(this, () => synth.call(this));
};
App.prototype.synthYaml = function (this: App): string {
  return recorded(this, () => synthYaml.call(this));
};

const { toJson } = Chart.prototype;
Chart.prototype.toJson = function (this: Chart): any[] {
  return recorded(this, () => toJson.call(this));
};

afterAll(() => appendFileSync(process.env.RECORDED_MANIFESTS!, [...lines].map(line => `${line}\n`).join('')));
