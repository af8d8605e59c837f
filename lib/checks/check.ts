import { Finding, Severity } from './finding';
import { meshFindings } from './mesh-findings';
import { objectFindings } from './object-findings';
import { documentationOf, placeOf } from './place';
import { withoutRepeats } from './same-mistake';
import type { CheckSettings } from './settings';
import { SUPPRESS, Suppressed, suppressedBy, suppressionOf } from './suppressions';
import type { ManifestSource } from '../mesh/manifest';
import { MeshModel } from '../mesh/model';
import type { Resource } from '../mesh/resource';

/** The code of a suppression that nothing needs. */
export const UNUSED_SUPPRESSION = 'CI0001';

/** The code of an object of an app that cannot be written. */
export const UNWRITTEN = 'CI0902';

/** Everything that is wrong with manifests, each by itself and all together, in the order of the manifests. */
export function checkManifests(sources: readonly ManifestSource[], settings: CheckSettings = {}): Finding[] {
  return new Check(sources, settings).findings();
}

class Check {
  private readonly mesh: MeshModel;
  private readonly found = new Map<Resource, Finding[]>();
  private readonly suppressed = new Map<Resource, Suppressed>();
  private readonly used = new Set<string>();

  constructor(sources: readonly ManifestSource[], private readonly settings: CheckSettings) {
    this.mesh = new MeshModel(sources, settings);
  }

  public findings(): Finding[] {
    const resources = [...this.mesh.resources.all, ...this.mesh.resources.replaced];
    for (const resource of resources) {
      const findings = objectFindings(resource.source, this.settings);
      this.found.set(resource, findings.filter(({ code }) => !this.isSuppressed(resource, code)));
    }
    // what is hidden anyway is of interest only to suppressions: in another world they are of use
    const asked = resources.some(resource => this.suppressedOf(resource).own.length > 0) ? 'all' : 'shown';
    for (const found of meshFindings(this.mesh, this.settings, undefined, asked)) {
      if (!this.isSuppressed(found.resource, found.code) && found.isShown) {
        this.found.get(found.resource)?.push(found.finding);
      }
    }
    this.reportUnused();
    return [...this.found.values()].flatMap(withoutRepeats);
  }

  private isSuppressed(resource: Resource, code: string): boolean {
    const suppression = suppressionOf(this.suppressedOf(resource), code);
    if (suppression !== undefined && suppression !== 'foreign') {
      this.used.add(keyOf(suppression));
    }
    return suppression !== undefined;
  }

  private suppressedOf(resource: Resource): Suppressed {
    let suppressed = this.suppressed.get(resource);
    if (suppressed === undefined) {
      suppressed = suppressedBy(resource.source);
      this.suppressed.set(resource, suppressed);
    }
    return suppressed;
  }

  /** One suppression may stand on many objects; it is of use where one of them needs it. */
  private reportUnused(): void {
    for (const [resource, findings] of this.found) {
      for (const suppression of this.suppressedOf(resource).own) {
        const key = keyOf(suppression);
        if (!this.used.has(key)) {
          this.used.add(key);
          findings.push({
            ...placeOf(resource.source),
            code: UNUSED_SUPPRESSION,
            severity: Severity.WARNING,
            message: `suppresses ${suppression.code} ('${suppression.reason}'), which nothing here has`,
            propertyPath: `metadata.annotations['${SUPPRESS}']`,
            fix: 'take the suppression away, or correct its code',
            documentation: documentationOf(UNUSED_SUPPRESSION),
          });
        }
      }
    }
  }
}

function keyOf({ code, reason }: { readonly code: string; readonly reason: string }): string {
  return `${code} ${reason}`;
}
