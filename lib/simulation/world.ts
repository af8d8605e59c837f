import { Assumption, assumptionsFor, AskedPort, sourcesOf } from './assumptions';
import type { ClientProxy } from './client-proxy';
import type { TrafficClient } from './traffic-client';
import { unmodelledNotes } from './unmodelled';
import { flattenLists, ManifestSource } from '../mesh/manifest';
import type { MeshOptions } from '../mesh/mesh-options';
import { MeshModel } from '../mesh/model';

/** What is simulated: manifests, and what is known of the rest of the cluster. */
export interface WorldOptions extends MeshOptions {
  /** Whether what no manifest defines does not exist. */
  readonly closedWorld: boolean;

  /** Hosts that the mesh knows although no manifest defines them. */
  readonly knownHosts: readonly string[];
}

/** A mesh that requests can be put to. */
export interface World {
  readonly model: MeshModel;
  readonly assumptions: readonly Assumption[];

  /** The proxies of the clients that have asked. */
  readonly proxies: Map<TrafficClient, ClientProxy>;
}

const DEFAULT_PORT = 80;

/** The mesh of some manifests, completed by what they take for granted. */
export class Worlds {
  /** What is left out because Istio would not take it, and what is not simulated. */
  public readonly notes: readonly string[];

  /** The manifests alone. */
  public readonly given: MeshModel;

  private readonly sources: readonly ManifestSource[];
  private readonly worlds = new Map<string, World>();

  constructor(sources: readonly ManifestSource[], private readonly options: WorldOptions) {
    const { accepted, rejected } = withoutRejected(sources);
    this.sources = accepted;
    this.given = new MeshModel(accepted, options);
    this.notes = [...rejected, ...unmodelledNotes(this.given)];
  }

  /** The world in which services that nobody describes have the port that is asked for. */
  public forPort(port: number = DEFAULT_PORT, host?: string): World {
    const plain = this.world({ port });
    const isLacking = host !== undefined && plain.assumptions.some(item => item.host === host)
      && plain.model.services.ofHost(host).every(service => service.ports.every(({ number }) => number !== port));
    return isLacking ? this.world({ port, host }) : plain;
  }

  private world(asked: AskedPort): World {
    const key = this.options.closedWorld ? '' : `${asked.port} ${asked.host ?? ''}`;
    let world = this.worlds.get(key);
    if (world === undefined) {
      const assumptions = this.options.closedWorld ? [] : assumptionsFor(this.given, this.options.knownHosts, asked);
      world = assumptions.length === 0
        ? { model: this.given, assumptions, proxies: new Map() }
        : { model: new MeshModel([...this.sources, ...sourcesOf(assumptions)], this.options), assumptions, proxies: new Map() };
      this.worlds.set(key, world);
    }
    return world;
  }
}

/** What istiod would get: an object that the API server or the webhook rejects is not there. */
function withoutRejected(sources: readonly ManifestSource[]): { readonly accepted: readonly ManifestSource[]; readonly rejected: readonly string[] } {
  // loaded on first use: a plain synth does not simulate
  const { objectFindings } = require('../checks/object-findings') as typeof import('../checks/object-findings');
  const accepted: ManifestSource[] = [];
  const rejected: string[] = [];
  for (const source of flattenLists(sources)) {
    const errors = objectFindings(source).filter(finding => finding.severity === 'error');
    if (errors.length === 0) {
      accepted.push(source);
    } else {
      const { kind, namespace, name, code, propertyPath, message } = errors[0];
      const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
      rejected.push(`left out: ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}, which Istio rejects: ${code} ${propertyPath ?? ''} ${message}${more}`);
    }
  }
  return { accepted, rejected };
}
