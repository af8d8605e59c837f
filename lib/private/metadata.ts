import type { ApiObjectMetadata, OwnerReference } from 'cdk8s';
import { describe } from './describe';
import { isLabelValue } from './names';
import { checkNamespace, checkObjectName, isObjectName } from './object-name';
import { checkBoolean, checkGiven, checkList, checkMap, checkObject, checkString, checkText } from './validation';

/** Refuses metadata that the API server does not take. What cdk8s does not know is left to the checks at synth. */
export function checkMetadata(property: string, metadata: ApiObjectMetadata): void {
  checkObject(property, metadata);
  checkObjectName(`${property}.name`, metadata.name);
  checkNamespace(`${property}.namespace`, metadata.namespace);
  if (metadata.labels !== undefined) {
    checkMap(`${property}.labels`, metadata.labels, (item, value, key) => {
      checkQualifiedName(`${property}.labels`, key, key);
      checkText(item, value);
      if (!isLabelValue(value)) {
        throw new Error(`${item} must be letters, digits, '-', '_' and '.', at most 63 characters, with a letter or digit first and last, got ${describe(value)}`);
      }
    });
  }
  if (metadata.annotations !== undefined) {
    checkMap(`${property}.annotations`, metadata.annotations, (item, value, key) => {
      checkQualifiedName(`${property}.annotations`, key, key.toLowerCase());
      checkText(item, value);
    });
  }
  if (metadata.finalizers !== undefined) {
    checkList(`${property}.finalizers`, metadata.finalizers, (item, finalizer) => checkString(item, finalizer));
  }
  if (metadata.ownerReferences !== undefined) {
    checkList(`${property}.ownerReferences`, metadata.ownerReferences, checkOwner);
  }
}

/** Metadata as cdk8s reads it, for which a name that is undefined is no name. */
export function givenMetadata(metadata: ApiObjectMetadata | undefined): ApiObjectMetadata | undefined {
  if (metadata === undefined || metadata.name !== undefined || !('name' in metadata)) {
    return metadata;
  }
  const { name, ...given } = metadata;
  return given;
}

function checkOwner(property: string, owner: OwnerReference): void {
  checkObject(property, owner);
  for (const field of ['apiVersion', 'kind', 'name', 'uid'] as const) {
    checkString(`${property}.${field}`, checkGiven(`${property}.${field}`, owner[field]));
  }
  checkBoolean(`${property}.controller`, owner.controller);
  checkBoolean(`${property}.blockOwnerDeletion`, owner.blockOwnerDeletion);
}

/** A key of labels or annotations: a name, with an optional domain and `/` in front. */
function checkQualifiedName(property: string, key: string, text: string): void {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  if (name === '' || !isLabelValue(name) || !(slash < 0 || isObjectName(text.slice(0, slash)))) {
    throw new Error(`${property} has the key ${describe(key)}, a key must be letters, digits, '-', '_' and '.', at most 63 characters, with an optional domain in lower case and '/' in front`);
  }
}
