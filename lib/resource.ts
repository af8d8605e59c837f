import { ApiObject, ApiObjectMetadata, ApiObjectMetadataDefinition } from 'cdk8s';
import { Construct } from 'constructs';
import { checkMetadata } from './private/metadata';
import { keepPath } from './private/paths';
import { checkAtSynth } from './private/synth-hook';
import { checkConstruct, checkGiven, checkList, checkObject, checkString } from './private/validation';

/**
 * What every resource takes.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
export interface ResourceProps {
  /**
   * Name, namespace, labels and annotations of the resource.
   *
   * @default - a name made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * Base of the constructs that each stand for one Istio resource.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/
 */
export abstract class Resource extends Construct {
  /** The generated (L1) object that is written to the manifest. */
  protected abstract readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ResourceProps = {}) {
    super(checkConstruct('scope', scope), checkString('id', checkGiven('id', id)));
    keepPath(this);
    checkObject(this._at('props'), props);
    if (props.metadata !== undefined) {
      checkMetadata(this._at('metadata'), props.metadata);
    }
    checkAtSynth(this);
  }

  /** The name of the resource. */
  public get name(): string {
    return this.apiObject.name;
  }

  /** The namespace of the resource, where this program sets it. */
  public get namespace(): string | undefined {
    return this.apiObject.metadata.namespace;
  }

  /** The metadata of the resource, to which labels and annotations can be added. */
  public get metadata(): ApiObjectMetadataDefinition {
    return this.apiObject.metadata;
  }

  /**
   * Hands each item of a list that was given to what takes it.
   *
   * @internal
   */
  protected _each<T>(property: string, items: readonly T[] | undefined, take: (item: string, value: T) => void): void {
    if (items !== undefined) {
      checkList(this._at(property), items, (item, value) => take.call(this, item, value));
    }
  }

  /**
   * The resource's `spec`.
   *
   * @internal
   */
  public abstract _toIstio(): object;

  /**
   * What is wrong with the resource as a whole, when the app is complete.
   *
   * @internal
   */
  public _problems(): string[] {
    return [];
  }

  /**
   * A property as error messages show it: behind the construct's path.
   *
   * @internal
   */
  protected _at(property: string): string {
    return `[${this.node.path}] ${property}`;
  }
}
