import { PathType } from '../path-options';
import { conditionNames, PathEntry } from './path-entry';

/** The names of routes: telling, and each once. */
export class RouteNames {
  private readonly taken: Set<string>;

  /** @param reserved the names that the user gave, which made ones leave free */
  constructor(reserved: readonly string[]) {
    this.taken = new Set(reserved);
  }

  /** A name that begins with what it is for, with a number where that is taken. */
  public make(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.taken.has(name); number++) {
      name = `${wanted}-${number}`;
    }
    this.taken.add(name);
    return name;
  }
}

const SUFFIXES: { readonly [type in PathType]: string[] } = { PATH: [], EXACT: ['exact'], PREFIX: ['prefix'], REGEX: ['regex'] };

/** The name of what a path leads to, such as `api-orders-get`. */
export function nameOf({ path, pathType, methods = [], conditions }: PathEntry): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(word => word !== '');
  return [...words.length === 0 ? ['root'] : words, ...SUFFIXES[pathType], ...methods.map(method => method.toLowerCase()), ...conditionNames(conditions).map(slug)].join('-');
}

function slug(text: string): string {
  return text.split(/[^A-Za-z0-9]+/).filter(word => word !== '').join('-').toLowerCase();
}
