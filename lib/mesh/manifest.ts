/** A Kubernetes object as it is written to a manifest, and where it comes from. */
export interface ManifestSource {
  /** The object: plain data as YAML or JSON gives it. */
  readonly manifest: any;

  /**
   * The path of the construct that the object was made by.
   *
   * @default - the object was not made by a construct.
   */
  readonly constructPath?: string;

  /**
   * The file that the object was read from.
   *
   * @default - the object was not read from a file.
   */
  readonly file?: string;

  /**
   * The line of the file that the object begins on, from 1.
   *
   * @default - unknown.
   */
  readonly line?: number;
}

/** An object of plain data whose content is not known. */
export interface PlainObject {
  readonly [key: string]: unknown;
}

/** Texts by name: labels, annotations. */
export interface TextMap {
  readonly [key: string]: string;
}

export const NO_LABELS: TextMap = Object.freeze({});

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// the readers take what is of the right type and leave out the rest: what a user's YAML holds may be anything

export function readObject(value: unknown): PlainObject {
  return isPlainObject(value) ? value : {};
}

export function readList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    return [];
  }
  // the methods of lists pass over holes, or hand them on: as items they are undefined
  return value.includes(undefined) ? [...value] : value;
}

export function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function readInteger(value: unknown): number | undefined {
  return Number.isInteger(value) ? value as number : undefined;
}

export function readTexts(value: unknown): readonly string[] {
  const list = readList(value);
  return list.every(item => typeof item === 'string') ? list as readonly string[] : list.filter(item => typeof item === 'string');
}

export function readTextMap(value: unknown): TextMap {
  if (!isPlainObject(value)) {
    return NO_LABELS;
  }
  for (const key in value) {
    if (typeof value[key] !== 'string') {
      return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    }
  }
  return value as TextMap;
}

/** The objects of a list such as `kubectl get -o yaml` prints it, or the object itself. */
export function flattenLists(sources: readonly ManifestSource[]): readonly ManifestSource[] {
  return sources.some(source => listItems(source) !== undefined)
    ? sources.flatMap(source => {
      const items = listItems(source);
      return items === undefined ? source : flattenLists(items.map(item => ({ ...source, manifest: item })));
    })
    : sources;
}

function listItems({ manifest }: ManifestSource): readonly unknown[] | undefined {
  return isPlainObject(manifest) && typeof manifest.kind === 'string' && manifest.kind.endsWith('List') && Array.isArray(manifest.items)
    ? manifest.items
    : undefined;
}
