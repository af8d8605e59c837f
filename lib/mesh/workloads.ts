import { groupBy } from './collections';
import { LabelIndex } from './labels';
import { isPlainObject, PlainObject, readInteger, readList, readObject, readText, readTextMap, TextMap } from './manifest';
import type { Resource } from './resource';
import type { Resources } from './resources';
import type { WorkloadEntrySpec, WorkloadGroupSpec } from './specs';

/** A port that a container declares. */
export interface ContainerPort {
  readonly name?: string;
  readonly number: number;

  /** `TCP`, `UDP` or `SCTP`. */
  readonly transport: string;
}

/** Something that runs: a pod, whatever has a template of pods, or a machine outside of the cluster. */
export interface Workload {
  readonly resource: Resource;
  readonly namespace: string;

  /** The labels of its pods. */
  readonly labels: TextMap;
  readonly annotations: TextMap;
  readonly ports: readonly ContainerPort[];
  readonly serviceAccount?: string;

  /** The addresses, as far as the manifest knows them. */
  readonly addresses: readonly string[];

  /** What the manifest says of the pod itself: its spec. */
  readonly podSpec: PlainObject;

  /** The spec of a WorkloadEntry, or of the entries that a WorkloadGroup makes. */
  readonly entry?: WorkloadEntrySpec;
}

/** All workloads, by labels. */
export class Workloads {
  public readonly all: readonly Workload[];

  private readonly everywhere: LabelIndex<Workload>;
  private readonly byNamespace = new Map<string, LabelIndex<Workload>>();

  constructor(resources: Resources) {
    this.all = resources.all.flatMap(workloadOf);
    this.everywhere = new LabelIndex(this.all, workload => workload.labels);
    for (const [namespace, workloads] of groupBy(this.all, workload => workload.namespace)) {
      this.byNamespace.set(namespace, new LabelIndex(workloads, workload => workload.labels));
    }
  }

  /** The workloads that have all labels of a selector, in one namespace or in all. An empty selector selects all. */
  public matching(selector: TextMap, namespace?: string): readonly Workload[] {
    return (namespace === undefined ? this.everywhere : this.byNamespace.get(namespace))?.matching(selector) ?? [];
  }
}

function workloadOf(resource: Resource): Workload[] {
  const { group, kind } = resource;
  if (group === '' && kind === 'Pod') {
    return [podWorkload(resource, resource.manifest)];
  }
  if (group !== 'networking.istio.io') {
    const template = podTemplate(resource.manifest);
    return template === undefined ? [] : [podWorkload(resource, template)];
  }
  if (kind === 'WorkloadEntry') {
    return [entryWorkload(resource, resource.spec as WorkloadEntrySpec, {})];
  }
  if (kind === 'WorkloadGroup') {
    const { template = {}, metadata } = resource.spec as WorkloadGroupSpec;
    return [entryWorkload(resource, template, readTextMap(metadata?.labels))];
  }
  return [];
}

/** What a Deployment, a CronJob or any other kind with such a template makes pods from. */
function podTemplate(manifest: PlainObject): PlainObject | undefined {
  const spec = readObject(manifest.spec);
  const { template = readObject(readObject(spec.jobTemplate).spec).template } = spec;
  return isPlainObject(template) && isPlainObject(template.metadata) ? template : undefined;
}

function podWorkload(resource: Resource, pod: PlainObject): Workload {
  const metadata = readObject(pod.metadata);
  const spec = readObject(pod.spec);
  const address = readText(readObject(pod.status).podIP);
  return {
    resource,
    namespace: resource.namespace,
    labels: readTextMap(metadata.labels),
    annotations: readTextMap(metadata.annotations),
    ports: [...readList(spec.containers), ...readList(spec.initContainers).filter(isSidecarContainer)].flatMap(containerPorts),
    serviceAccount: readText(spec.serviceAccountName),
    addresses: address === undefined ? [] : [address],
    podSpec: spec,
  };
}

function isSidecarContainer(container: unknown): boolean {
  return readObject(container).restartPolicy === 'Always';
}

function containerPorts(container: unknown): ContainerPort[] {
  return readList(readObject(container).ports).flatMap(item => {
    const port = readObject(item);
    const number = readInteger(port.containerPort);
    return number === undefined ? [] : [{ name: readText(port.name), number, transport: readText(port.protocol) ?? 'TCP' }];
  });
}

function entryWorkload(resource: Resource, entry: WorkloadEntrySpec, ownLabels: TextMap): Workload {
  return {
    resource,
    namespace: resource.namespace,
    labels: { ...entry.labels, ...resource.kind === 'WorkloadEntry' ? resource.labels : ownLabels },
    annotations: resource.annotations,
    ports: Object.entries(entry.ports ?? {}).map(([name, number]) => ({ name, number, transport: 'TCP' })),
    serviceAccount: entry.serviceAccount,
    addresses: entry.address === undefined ? [] : [entry.address],
    podSpec: {},
    entry,
  };
}
