import type { MeshModel } from '../../mesh/model';
import type { Resource } from '../../mesh/resource';
import type { Severity } from '../finding';

/** What a rule looks at. */
export interface RuleContext {
  readonly mesh: MeshModel;

  /** Whether the manifests hold everything that the cluster holds. */
  readonly closedWorld: boolean;

  /** Whether anybody asks for what is `missing`. In an open world it is not shown, and a rule may save itself the search. */
  readonly asksForMissing: boolean;

  /** Whether the manifest itself says which namespace the object is in. Otherwise whoever applies it does. */
  hasNamespace(resource: Resource): boolean;

  /** Whether the mesh runs an Istio release, such as `1.30`, or a later one. */
  isAtLeast(version: string): boolean;
}

/** One thing that a rule found. */
export interface Problem {
  readonly resource: Resource<any>;

  /** The property, such as `spec.http[0].route[1].destination.host`. Absent when it is about the resource as a whole. */
  readonly path?: string;

  /** What is wrong, with the value found and what is allowed, as the continuation of a line that names the property. */
  readonly message: string;

  /** The way out. */
  readonly fix?: string;

  /** Where it is not the rule's. */
  readonly severity?: Severity;

  /** Something is only missing among the manifests. It may exist in the cluster, so a person is told in a closed world only. */
  readonly missing?: boolean;

  /** Istio says so and is wrong: the raw verdict has it, a person is not told. The rule's `falseAlarms` says why. */
  readonly falseAlarm?: boolean;
}

/** A rule about objects that do not fit together. */
export interface Rule {
  /** Istio's code, Kiali's where Istio has none, else ours. Several rules may share one. */
  readonly code: string;
  readonly severity: Severity;

  /** The level that Istio's analyzer has it at. */
  readonly istioLevel?: Severity;

  /** What holds where the rule has nothing to say, as one sentence. */
  readonly title: string;

  /** The first Istio release whose analyzer or routing has it. */
  readonly since?: string;

  /** Whether all that it finds is only `missing` among the manifests. */
  readonly isAboutMissing?: boolean;

  /** Why some of what Istio says is not shown. */
  readonly falseAlarms?: string;

  check(context: RuleContext): Iterable<Problem>;
}
