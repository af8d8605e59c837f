/** How a proxy normalises paths before it compares them: `pathNormalization` of the mesh configuration. */
export type PathNormalization = 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES';

/** The path and the query, which begins with `?` where there is one. */
export interface SplitPath {
  readonly path: string;
  readonly query: string;
}

export function splitQuery(target: string): SplitPath {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark) };
}

/** What can change in a path. */
const UNUSUAL = /[%\\"<>^`{|}]|\/\./;

/** The path as routes see it, or undefined where the proxy answers 400. */
export function normalizePath(path: string, mode: PathNormalization): string | undefined {
  if (mode === 'NONE') {
    return path;
  }
  // most paths need nothing done
  if (!UNUSUAL.test(path) && (mode === 'BASE' || !path.includes('//'))) {
    return path;
  }
  if (/%00/.test(path)) {
    return undefined;
  }
  const unescaped = mode === 'DECODE_AND_MERGE_SLASHES' ? path.replace(/%2f|%5c/gi, '/') : path;
  const plain = removeDotSegments(encodeUnsafe(decodeUnreserved(unescaped).replace(/\\/g, '/')));
  return mode === 'BASE' || !plain.includes('//') ? plain : mergeSlashes(plain);
}

/** Of slashes alone two are left. */
function mergeSlashes(path: string): string {
  return `/${path.split('/').filter(segment => segment !== '').join('/')}${path.endsWith('/') ? '/' : ''}`;
}

function decodeUnreserved(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (escape, code: string) => {
    const character = String.fromCharCode(parseInt(code, 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : escape;
  });
}

function encodeUnsafe(path: string): string {
  return path.replace(/["<>^`{|}]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function removeDotSegments(path: string): string {
  if (!path.includes('/.')) {
    return path;
  }
  const kept: string[] = [];
  const segments = path.slice(1).split('/');
  segments.forEach((segment, index) => {
    const isDot = segment === '.' || segment === '..';
    if (segment === '..') {
      kept.pop();
    }
    if (!isDot) {
      kept.push(segment);
    } else if (index === segments.length - 1) {
      kept.push('');
    }
  });
  return `/${kept.join('/')}`;
}
