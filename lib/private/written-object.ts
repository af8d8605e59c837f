import { ApiObject, ApiObjectMetadata, App, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { manifestForm } from './manifest-form';
import { IstioDestinationRule, IstioGateway, IstioServiceEntry, IstioVirtualService } from '../../imports/networking.istio.io';

/** A class that is generated for a kind. */
type GeneratedClass = new (scope: Construct, id: string, props: { readonly metadata?: ApiObjectMetadata; readonly spec: any }) => ApiObject;

/** What a resource hands to the object that stands for it in the manifest. */
type WrittenClass = new (resource: Construct, metadata: ApiObjectMetadata | undefined, render: () => object) => ApiObject;

/**
 * The generated class of a kind, which writes a spec that has the manifest's form already. The generated method would convert it field by
 * field, and leave out what a patch has added.
 */
function writtenBy(generated: GeneratedClass): WrittenClass {
  return class extends generated {
    private readonly render: () => object;
    private isPatched = false;

    constructor(resource: Construct, metadata: ApiObjectMetadata | undefined, render: () => object) {
      super(resource, 'Resource', { metadata, spec: Lazy.any({ produce: render }) });
      this.render = render;
    }

    public override addJsonPatch(...patches: JsonPatch[]): void {
      this.isPatched = true;
      super.addJsonPatch(...patches);
    }

    public override toJson(): any {
      if (this.isPatched || process.env.CDK8S_DISABLE_SORT || App.of(this).resolvers.length > resolversOfCdk8s()) {
        return ApiObject.prototype.toJson.call(this);
      }
      return { apiVersion: this.apiVersion, kind: this.kind, metadata: this.metadata.toJson(), spec: manifestForm(this.render()) };
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
