import type { FoundObject } from './manifest-text';
import { propertySteps } from './property-steps';
import type { LineIndex } from './text-stream';
import { locatedYaml, YamlDocument } from './yaml-document';

/** A place in a text, from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Finds the properties of objects in the text that they were read from. */
export class PropertyPlaces {
  private readonly documents = new Map<object, YamlDocument | undefined>();

  constructor(private readonly lines: LineIndex) {
  }

  /** Where a property stands; where it is missing, its nearest parent that is there. */
  public placeOf(object: FoundObject, propertyPath: string | undefined): TextPlace {
    const document = this.read(object);
    if (document === undefined) {
      return { line: object.line, column: 1 };
    }
    let value = document.value;
    let offset = document.offset;
    for (const step of [...object.steps, ...propertySteps(propertyPath ?? '')]) {
      const places = typeof value === 'object' && value !== null ? document.places.get(value) : undefined;
      const key = places === undefined || places.has(step) ? step : [...places.keys()].find(each => isCutTo(step, each));
      const place = key === undefined ? undefined : places?.get(key);
      if (key === undefined || place === undefined) {
        break;
      }
      offset = place;
      value = (value as any)[key];
    }
    return this.lines.placeOf(object.document.offset + offset);
  }

  /** Where a place of the object's document is in the whole text. */
  public placeAt(object: FoundObject, offset: number): TextPlace {
    return this.lines.placeOf(object.document.offset + offset);
  }

  private read({ document }: FoundObject): YamlDocument | undefined {
    if (!this.documents.has(document)) {
      this.documents.set(document, locatedYaml(document.text));
    }
    return this.documents.get(document);
  }
}

/** Paths show long keys cut. */
function isCutTo(step: string | number, key: string | number): boolean {
  return typeof step === 'string' && step.endsWith('…') && typeof key === 'string' && key.startsWith(step.slice(0, -1));
}
