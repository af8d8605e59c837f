import { describe } from './private/describe';
import { checkNamespace } from './private/object-name';
import { checkList, checkUnique } from './private/validation';

/**
 * The namespaces in which a resource has effect.
 *
 * @example
 * const visibility = ExportTo.namespaces(['shop', 'istio-system']);
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#VirtualService
 */
export class ExportTo {
  /** All namespaces, which is also what Istio does when nothing is said. */
  public static all(): ExportTo {
    return new ExportTo(['*']);
  }

  /** Only the namespace of the resource itself. */
  public static ownNamespace(): ExportTo {
    return new ExportTo(['.']);
  }

  /**
   * The named namespaces, `.` standing for the resource's own.
   *
   * @throws when there are no names, one repeats, or one is not a namespace: all namespaces are `all()`, and none is `nowhere()`
   */
  public static namespaces(names: string[]): ExportTo {
    const checked = checkList('namespaces', names, (item, name) => {
      if (name === '*' || name === '~') {
        throw new Error(`${item} must be the name of a namespace, got ${describe(name)}, use ExportTo.${name === '*' ? 'all' : 'nowhere'}()`);
      }
      return name === '.' ? name : checkNamespace(item, name);
    });
    if (checked.length === 0) {
      throw new Error('namespaces must not be empty');
    }
    checkUnique('namespaces', checked);
    return new ExportTo(checked);
  }

  /** No namespace at all: the entry is kept but has no effect. Only a ServiceEntry takes it. */
  public static nowhere(): ExportTo {
    return new ExportTo(['~']);
  }

  private readonly namespaceNames: string[];

  private constructor(names: string[]) {
    this.namespaceNames = names;
  }

  /** @internal */
  public _toExportTo(): string[] {
    return this.namespaceNames;
  }
}
