import { EDGES } from './edges';
import { exampleMesh } from './example-mesh';
import type { ExampleRequest } from './example-request';
import { RELEASES } from './releases';
import { COMPLETE, LESSONS } from './tutorial';
import type { RandomMesh } from '../conformance/generators/mesh/mesh';

export type { ExampleRequest, Meaning, Shares } from './example-request';

/** Requests to all examples, written by hand with what their authors mean to happen. */
export const EXAMPLE_REQUESTS: readonly ExampleRequest[] = [...LESSONS, ...COMPLETE, ...RELEASES, ...EDGES];

/** What a request is called in a test. */
export function titleOf({ example, stage, from: { type, namespace, labels }, ask, headers }: ExampleRequest): string {
  const who = type === 'router' ? labels.istio : `${labels.app} in ${namespace}`;
  const lines = Object.entries(headers).map(([name, content]) => ` ${name}: ${content}`).join();
  return `${example}${stage === undefined ? '' : ` (${stage})`}, ${who}: ${ask}${lines}`;
}

/** The meshes of the examples that requests are asked of, each with all clients that ask. */
export class ExampleMeshes {
  private readonly meshes = new Map<string, RandomMesh>();

  constructor(requests: readonly ExampleRequest[]) {
    for (const { example, stage, from } of requests) {
      const key = `${example} ${stage}`;
      const mesh = this.meshes.get(key) ?? exampleMesh(example, stage);
      const isKnown = mesh.proxies.some(proxy => JSON.stringify(proxy) === JSON.stringify(from));
      this.meshes.set(key, isKnown ? mesh : { ...mesh, proxies: [...mesh.proxies, from] });
    }
  }

  public get all(): readonly RandomMesh[] {
    return [...this.meshes.values()];
  }

  public of({ example, stage }: ExampleRequest): RandomMesh {
    return this.meshes.get(`${example} ${stage}`)!;
  }
}
