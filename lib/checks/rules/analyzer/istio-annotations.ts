import { isSeen } from './analyzed-mesh';
import facts from '../../../../imports/istio-annotations.json';
import { getOrMake } from '../../../mesh/collections';
import { PlainObject, readObject, TextMap } from '../../../mesh/manifest';
import type { MeshModel } from '../../../mesh/model';
import type { Resource } from '../../../mesh/resource';

/** What Istio knows of an annotation. */
export interface AnnotationFacts {
  /** The kinds that may carry it, or `Any`. */
  readonly resources: readonly string[];
  readonly deprecated?: boolean;
  readonly checked?: boolean;
  readonly ignored?: boolean;
}

/** An annotation of Istio on an object of which the analyzer looks at the annotations. */
export interface PlacedAnnotation {
  readonly resource: Resource;
  readonly path: string;
  readonly name: string;
  readonly value: string;

  /** The kind that carries it: `Pod` for a template of pods. */
  readonly kind: string;

  /** The labels beside it. */
  readonly labels: TextMap;

  /** Absent where Istio has no such annotation. */
  readonly facts?: AnnotationFacts;
}

/** All annotations of Istio, by name. */
export const ANNOTATIONS: ReadonlyMap<string, AnnotationFacts> = new Map(Object.entries(facts));

/** Annotations whose domain ends like Istio's are Istio's to the analyzer. */
const DOMAIN = 'istio.io';

const meshes = new WeakMap<MeshModel, readonly PlacedAnnotation[]>();

/** Istio's annotations on Namespaces, Services, Deployments, pods and templates of pods. */
export function istioAnnotations(mesh: MeshModel): readonly PlacedAnnotation[] {
  return getOrMake(meshes as unknown as Map<MeshModel, readonly PlacedAnnotation[]>, mesh, () => [...findAnnotations(mesh)]);
}

function* findAnnotations({ resources, workloads }: MeshModel): Iterable<PlacedAnnotation> {
  for (const resource of [...resources.namespaces, ...resources.services, ...resources.ofKind<PlainObject>('apps', 'Deployment')]) {
    if (isSeen(resource) && readObject(resource.manifest.metadata).annotations !== undefined) {
      const { kind, labels, annotations } = resource;
      yield* placed({ resource, kind, labels }, 'metadata.annotations', annotations);
    }
  }
  for (const { resource, labels, annotations } of workloads.all) {
    if (isSeen(resource) && resource.group !== 'networking.istio.io') {
      yield* placed({ resource, kind: 'Pod', labels }, `${templateOf(resource)}metadata.annotations`, annotations);
    }
  }
}

function* placed(owner: Pick<PlacedAnnotation, 'resource' | 'kind' | 'labels'>, path: string, annotations: TextMap): Iterable<PlacedAnnotation> {
  for (const name in annotations) {
    if (name === 'kubernetes.io/ingress.class' || name.split('/', 1)[0].endsWith(DOMAIN)) {
      const known = ANNOTATIONS.get(name);
      if (known?.ignored !== true) {
        yield { ...owner, path: `${path}['${name}']`, name, value: annotations[name], facts: known };
      }
    }
  }
}

function templateOf({ kind, manifest }: Resource): string {
  if (kind === 'Pod') {
    return '';
  }
  return readObject(manifest.spec).template === undefined ? 'spec.jobTemplate.spec.template.' : 'spec.template.';
}

/** Whether an annotation may be where it is. */
export function isInPlace({ kind, facts: known }: PlacedAnnotation): boolean {
  return known === undefined || known.resources.includes('Any') || known.resources.includes(kind);
}
