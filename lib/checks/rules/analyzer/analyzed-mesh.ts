import { assumedIngress } from './assumed-ingress';
import { PlacedDestination, placedDestinations } from './destinations';
import { KnownHosts } from './known-hosts';
import { podOf, Pods } from './pods';
import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';
import type { DestinationRuleSpec, GatewaySpec, ServiceEntrySpec, SidecarSpec, VirtualServiceSpec } from '../../../mesh/specs';

/** The namespaces whose objects the analyzer does not see. */
const UNSEEN: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

/** The objects that Istio's analyzer sees, and its own look-ups. */
export class AnalyzedMesh {
  public readonly gateways: readonly Resource<GatewaySpec>[];
  public readonly virtualServices: readonly Resource<VirtualServiceSpec>[];
  public readonly destinationRules: readonly Resource<DestinationRuleSpec>[];
  public readonly serviceEntries: readonly Resource<ServiceEntrySpec>[];
  public readonly sidecars: readonly Resource<SidecarSpec>[];
  public readonly services: readonly Resource[];
  public readonly pods: Pods;

  private hosts?: KnownHosts;
  private placed?: readonly PlacedDestination[];
  private readonly assumedServices: readonly Resource[];

  constructor(mesh: MeshModel) {
    const { resources, workloads, config } = mesh;
    this.gateways = resources.gateways.filter(isSeen);
    this.virtualServices = resources.virtualServices.filter(isSeen);
    this.destinationRules = resources.destinationRules.filter(isSeen);
    this.serviceEntries = resources.serviceEntries.filter(isSeen);
    this.sidecars = resources.sidecars.filter(isSeen);
    this.services = resources.services.filter(isSeen);
    const assumed = assumedIngress(config);
    const assumedPods = assumed.pods.map(({ name, namespace, labels }) => ({ name, namespace, labels, isAssumed: true }));
    const pods = workloads.all.filter(isSeen).flatMap(podOf);
    this.assumedServices = assumed.services.filter(({ namespace, name }) => resources.find('', 'Service', namespace, name) === undefined);
    this.pods = new Pods([...pods, ...assumedPods], this.services, this.assumedServices, resources.ofKind('', 'Node'));
  }

  public get knownHosts(): KnownHosts {
    return this.hosts ??= new KnownHosts([...this.services, ...this.assumedServices], this.serviceEntries);
  }

  /** The destinations of all VirtualServices. */
  public get destinations(): readonly PlacedDestination[] {
    return this.placed ??= placedDestinations(this.virtualServices, this.knownHosts);
  }
}

/** Whether the analyzer sees what is in a namespace. */
export function isSeen({ namespace }: { readonly namespace: string }): boolean {
  return !UNSEEN.has(namespace);
}

const meshes = new WeakMap<MeshModel, AnalyzedMesh>();

/** What Istio's analyzer sees of a mesh, made once for all rules. */
export function analyzed(mesh: MeshModel): AnalyzedMesh {
  let seen = meshes.get(mesh);
  if (seen === undefined) {
    seen = new AnalyzedMesh(mesh);
    meshes.set(mesh, seen);
  }
  return seen;
}
