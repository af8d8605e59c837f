import { ApiObject, ApiObjectMetadata, ApiObjectMetadataDefinition } from 'cdk8s';
import { Construct } from 'constructs';
import { checkObjectName } from './private/object-name';
import { checkAtSynth } from './private/synth-hook';
import { checkMap, checkObject, checkText } from './private/validation';

/** What every resource takes. */
export interface ResourceProps {
  /**
   * Name, namespace, labels and annotations of the resource.
   *
   * @default - a name made from the construct's path, in the chart's namespace.
   */
  readonly metadata?: ApiObjectMetadata;
}

/** Base of the constructs that each stand for one Istio resource. */
export abstract class Resource extends Construct {
  /** The generated (L1) object that is written to the manifest. */
  protected abstract readonly apiObject: ApiObject;

  private place?: string;

  constructor(scope: Construct, id: string, props: ResourceProps = {}) {
    super(scope, id);
    checkObject(this._at('props'), props);
    checkMetadata(this._at('metadata'), props.metadata);
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
   * A property as error messages show it: behind the construct's path.
   *
   * @internal
   */
  protected _at(property: string): string {
    this.place ??= `[${this.node.path}] `;
    return this.place + property;
  }

  /**
   * The resource's `spec`.
   *
   * @internal
   */
  protected abstract _toIstio(): object;
}

function checkMetadata(property: string, metadata: ApiObjectMetadata | undefined): void {
  if (metadata === undefined) {
    return;
  }
  checkObject(property, metadata);
  checkObjectName(`${property}.name`, metadata.name);
  checkObjectName(`${property}.namespace`, metadata.namespace);
  for (const texts of ['labels', 'annotations'] as const) {
    if (metadata[texts] !== undefined) {
      checkMap(`${property}.${texts}`, metadata[texts], checkText);
    }
  }
}
