import { selectorText } from './analyzer-names';
import { getOrMake, groupBy } from '../../../mesh/collections';
import { LabelIndex, SelectorIndex } from '../../../mesh/labels';
import { readInteger, readList, readObject, readText, readTextMap, TextMap } from '../../../mesh/manifest';
import type { Resource } from '../../../mesh/resource';
import type { Workload } from '../../../mesh/workloads';

/** A pod, or the template of pods that stands for them. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: TextMap;
  readonly nodeName?: string;

  /** Whether it is taken for granted rather than defined. */
  readonly isAssumed: boolean;
}

/** The pods that a Gateway selects. */
export interface GatewayPods {
  readonly pods: readonly Pod[];

  /** The namespaces that they are in, those of defined pods before those of assumed ones. */
  readonly namespaces: readonly string[];

  /** The port numbers by which Services lead to them. */
  readonly ports: ReadonlySet<number>;

  /** Whether a Service that some manifest defines selects one of them. */
  readonly hasService: boolean;
}

const REGION = 'topology.kubernetes.io/region';
const ZONE = 'topology.kubernetes.io/zone';
const SUBZONE = 'topology.istio.io/subzone';
const NODE = 'kubernetes.io/hostname';

/** Labels that pods get where they run, which their own manifests do not say. */
export const LABELS_OF_PLACE: ReadonlySet<string> = new Set([REGION, ZONE, SUBZONE, NODE, 'topology.istio.io/cluster', 'topology.istio.io/network']);

/** All pods, by labels, with the ports by which Services lead to them. */
export class Pods {
  private readonly byLabels: LabelIndex<Pod>;
  private readonly byPlace: LabelIndex<Pod>;
  private readonly services: ReadonlyMap<string, SelectorIndex<Resource>>;
  private readonly ofSelector = new Map<string, GatewayPods>();

  constructor(
    private readonly all: readonly Pod[],
    services: readonly Resource[],
    private readonly assumedServices: readonly Resource[],
    nodes: readonly Resource[],
  ) {
    this.byLabels = new LabelIndex(all, pod => pod.labels);
    const nodeLabels = new Map(nodes.map(node => [node.name, node.labels]));
    this.byPlace = all.some(pod => pod.nodeName !== undefined)
      ? new LabelIndex(all.map(pod => ({ ...pod, labels: labelsInPlace(pod, nodeLabels) })), pod => pod.labels)
      : this.byLabels;
    const byNamespace = groupBy([...services, ...assumedServices], service => service.namespace);
    this.services = new Map([...byNamespace].map(([namespace, list]) =>
      [namespace, new SelectorIndex(list, service => readTextMap(service.spec.selector))]));
  }

  /** The pods that have all labels of a selector, in whatever namespace; an empty one selects all. */
  public matching(selector: TextMap): readonly Pod[] {
    return this.byLabels.matching(selector);
  }

  /** Whether any pod has labels, those of its node among them. */
  public existsInPlace(labels: TextMap): boolean {
    return this.byPlace.matching(labels).length > 0;
  }

  /** One pod of each set of labels. */
  public distinctLabels(): readonly TextMap[] {
    return [...new Map(this.all.map(({ labels }) => [selectorText(labels), labels])).values()];
  }

  public ofGateway(selector: TextMap): GatewayPods {
    return getOrMake(this.ofSelector, selectorText(selector), () => {
      const pods = this.matching(selector);
      const services = new Set(pods.flatMap(pod => this.services.get(pod.namespace)?.selecting(pod.labels) ?? []));
      return {
        pods,
        namespaces: [...new Set([...pods.filter(pod => !pod.isAssumed), ...pods].map(pod => pod.namespace))],
        ports: new Set([...services].flatMap(portsOf)),
        hasService: [...services].some(service => !this.assumedServices.includes(service)),
      };
    });
  }
}

/** The pod of a workload, unless it is a machine outside of the cluster. */
export function podOf({ resource, namespace, labels, podSpec, entry }: Workload): Pod[] {
  return entry === undefined ? [{ name: resource.name, namespace, labels, nodeName: readText(podSpec.nodeName), isAssumed: false }] : [];
}

/** Both sides of a port of TCP: what clients ask for and what the pod listens on. */
function portsOf(service: Resource): number[] {
  return readList(service.spec.ports).flatMap(item => {
    const { port, targetPort, protocol = 'TCP' } = readObject(item);
    const number = readInteger(port) ?? 0;
    if (protocol !== 'TCP') {
      return [];
    }
    const target = typeof targetPort === 'string' && /^\d+$/.test(targetPort) ? Number(targetPort) : readInteger(targetPort);
    return target === undefined || target === 0 ? [number] : [number, target];
  });
}

function labelsInPlace(pod: Pod, nodeLabels: ReadonlyMap<string, TextMap>): TextMap {
  if (pod.nodeName === undefined) {
    return pod.labels;
  }
  const labels: { [key: string]: string } = { ...pod.labels, [NODE]: pod.nodeName };
  const node = nodeLabels.get(pod.nodeName) ?? {};
  // a zone counts only within a region, a subzone only within a zone
  for (const key of [REGION, ZONE, SUBZONE]) {
    if ((node[key] ?? '') === '') {
      break;
    }
    labels[key] = node[key];
  }
  return labels;
}
