import { ApiObject, ApiObjectMetadata, App, IAnyProducer, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { manifestForm } from './manifest-form';
import { givenMetadata } from './metadata';
import { keepPath } from './paths';
import { IstioDestinationRule, IstioGateway, IstioServiceEntry, IstioVirtualService } from '../../imports/networking.istio.io';

/** A class that is generated for a kind. */
type GeneratedClass = new (scope: Construct, id: string, props: { readonly metadata?: ApiObjectMetadata; readonly spec: any }) => ApiObject;

/** What has a spec to write. */
interface Written extends Construct {
  _toIstio(): object;
}

/** The object that stands for a resource in the manifest, and is its child. */
type WrittenClass = new (resource: Written, metadata: ApiObjectMetadata | undefined) => ApiObject;

class RenderedSpec implements IAnyProducer {
  private readonly resource: Written;

  constructor(resource: Written) {
    this.resource = resource;
  }

  public produce(): object {
    return this.resource._toIstio();
  }
}

/**
 * The generated class of a kind, which writes a spec that has the manifest's form already. The generated method would convert it field by
 * field, and leave out what a patch has added.
 */
function writtenBy(generated: GeneratedClass): WrittenClass {
  return class extends generated {
    private isPatched = false;

    constructor(resource: Written, metadata: ApiObjectMetadata | undefined) {
      super(resource, 'Resource', { metadata: givenMetadata(metadata), spec: Lazy.any(new RenderedSpec(resource)) });
      keepPath(this);
    }

    public override addJsonPatch(...patches: JsonPatch[]): void {
      this.isPatched = true;
      super.addJsonPatch(...patches);
    }

    public override toJson(): any {
      if (this.isPatched || process.env.CDK8S_DISABLE_SORT || App.of(this).resolvers.length > resolversOfCdk8s()) {
        return ApiObject.prototype.toJson.call(this);
      }
      const spec = manifestForm((this.node.scope as Written)._toIstio());
      return { apiVersion: this.apiVersion, kind: this.kind, metadata: this.metadata.toJson(), spec };
    }
  };
}

let ownResolvers: number | undefined;

/** How many resolvers each app has. They find nothing in a rendered spec; those of a user, which come before them, may. */
function resolversOfCdk8s(): number {
  ownResolvers ??= new App().resolvers.length;
  return ownResolvers;
}

export const WrittenDestinationRule = writtenBy(IstioDestinationRule);
export const WrittenGateway = writtenBy(IstioGateway);
export const WrittenServiceEntry = writtenBy(IstioServiceEntry);
export const WrittenVirtualService = writtenBy(IstioVirtualService);
