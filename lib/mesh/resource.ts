import { readTime } from './age';
import type { Conform } from './conform';
import { isPlainObject, ManifestSource, PlainObject, readObject, readText, readTextMap, TextMap } from './manifest';

/** One object of the mesh: its metadata as it was read, its spec when it is asked for. */
export class Resource<Spec extends object = PlainObject> {
  /** The object as it was given. */
  public readonly manifest: PlainObject;
  public readonly name: string;
  public readonly namespace: string;
  public readonly createdAt?: number;

  private readSpec?: Spec;
  private readLabels?: TextMap;
  private readAnnotations?: TextMap;

  /**
   * @param source the object and where it comes from
   * @param group the API group, empty for the core of Kubernetes
   * @param kind the kind
   * @param defaultNamespace the namespace where the object names none
   * @param readerOf gives what reads the specs of a kind, where its schema is known
   */
  constructor(
    public readonly source: ManifestSource,
    public readonly group: string,
    public readonly kind: string,
    defaultNamespace: string,
    private readonly readerOf?: (kind: string) => Conform,
  ) {
    this.manifest = readObject(source.manifest);
    const metadata = readObject(this.manifest.metadata);
    this.name = readText(metadata.name) ?? '';
    this.namespace = readText(metadata.namespace) || defaultNamespace;
    this.createdAt = metadata.creationTimestamp === undefined ? undefined : readTime(metadata.creationTimestamp);
  }

  /** `namespace/name`. */
  public get key(): string {
    return `${this.namespace}/${this.name}`;
  }

  /** The spec without what is of a wrong type. */
  public get spec(): Spec {
    return this.readSpec ??= this.conformedSpec();
  }

  public get labels(): TextMap {
    return this.readLabels ??= readTextMap(readObject(this.manifest.metadata).labels);
  }

  public get annotations(): TextMap {
    return this.readAnnotations ??= readTextMap(readObject(this.manifest.metadata).annotations);
  }

  private conformedSpec(): Spec {
    const spec = this.manifest.spec;
    const conformed = this.readerOf === undefined ? spec : this.readerOf(this.kind)(spec);
    return (isPlainObject(conformed) ? conformed : {}) as Spec;
  }
}
