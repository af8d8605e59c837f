import type { CheckReport, FileNote, LocatedFinding } from './check-report';
import type { Input } from './inputs';
import { checkManifests } from '../checks/check';
import { Finding, Severity } from '../checks/finding';
import { documentationOf, placeOf } from '../checks/place';
import type { CheckSettings } from '../checks/settings';
import type { ManifestSource } from '../mesh/manifest';
import { FoundObject, readManifests } from '../reading/manifest-text';
import { PropertyPlaces } from '../reading/property-place';

/** The code of a key that stands twice in one object. */
export const REPEATED_KEY = 'CI0901';

interface KnownObject {
  readonly source: ManifestSource;
  readonly object: FoundObject;
  readonly places: PropertyPlaces;
}

/** Collects the objects of texts, one text after the other, and checks them all together. */
export class InputChecks {
  private readonly objects: KnownObject[] = [];
  private readonly problems: FileNote[] = [];
  private readonly skipped: FileNote[] = [];
  private files = 0;

  /** Reads the objects of a text. */
  public add({ file, text }: Input): void {
    const { objects, problems, skipped, lines } = readManifests(text);
    const places = new PropertyPlaces(lines);
    for (const object of objects) {
      this.objects.push({ source: { manifest: object.manifest, file, line: object.line }, object, places });
    }
    this.problems.push(...problems.map(problem => ({ file, ...problem })));
    this.skipped.push(...skipped.map(note => ({ file, ...note })));
    this.files++;
  }

  /** How many objects were found so far. */
  public get count(): number {
    return this.objects.length;
  }

  /** The names of all objects that were found. */
  public names(): string[] {
    return this.objects.map(({ source }) => placeOf(source).name);
  }

  /** Checks all objects that were found. */
  public check(settings: CheckSettings): CheckReport {
    const found = checkManifests(this.objects.map(({ source }) => source), settings);
    return {
      findings: [...this.located(found), ...this.repeatedKeys()].sort(byPlace(this.fileOrder())),
      problems: this.problems,
      skipped: this.skipped,
      files: this.files,
      objects: this.objects.length,
    };
  }

  private located(findings: readonly Finding[]): LocatedFinding[] {
    if (findings.length === 0) {
      return [];
    }
    const known = new Map(this.objects.map(each => [keyOf(placeOf(each.source)), each]));
    return findings.map(finding => {
      const origin = known.get(keyOf(finding));
      return origin === undefined ? finding : {
        ...finding,
        ...origin.places.placeOf(origin.object, finding.propertyPath),
        template: origin.object.template,
      };
    });
  }

  private repeatedKeys(): LocatedFinding[] {
    return this.objects.flatMap(({ source, object, places }) => object.repeatedKeys.map(({ key, offset }) => ({
      ...placeOf(source),
      code: REPEATED_KEY,
      severity: Severity.WARNING,
      message: `the key ${JSON.stringify(key)} stands here for the second time in one object: only what is written last counts`,
      fix: 'take one of them away',
      documentation: documentationOf(REPEATED_KEY),
      ...places.placeAt(object, offset),
      template: object.template,
    })));
  }

  private fileOrder(): Map<string | undefined, number> {
    const order = new Map<string | undefined, number>();
    this.objects.forEach(({ source: { file } }) => order.set(file, order.get(file) ?? order.size));
    return order;
  }
}

function keyOf({ file, line, kind, namespace, name }: { file?: string; line?: number; kind: string; namespace?: string; name: string }): string {
  return JSON.stringify([file, line, kind, namespace, name]);
}

function byPlace(order: ReadonlyMap<string | undefined, number>): (one: LocatedFinding, other: LocatedFinding) => number {
  return (one, other) => (order.get(one.file) ?? 0) - (order.get(other.file) ?? 0)
    || (one.line ?? 0) - (other.line ?? 0)
    || (one.column ?? 0) - (other.column ?? 0);
}
