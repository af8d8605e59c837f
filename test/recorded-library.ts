type Call = readonly unknown[];

/** Where a value stands: the call of the program, and the way into its arguments. */
export interface Place {
  readonly call: number;
  readonly path: readonly string[];

  /** What the program has there. */
  readonly value: unknown;
}

/** A change of one argument of a program: a value instead of the one there, or a key that is given or taken away. */
export interface Change extends Place {
  readonly apply: (holder: { [key: string]: unknown }, key: string) => void;
}

// a program calls the library in the same order each time
let calls: Call[] = [];
let change: Change | undefined;

/** Runs a program, with one of its arguments changed or as it is. */
export function runChanged<T>(run: () => T, wanted?: Change): T {
  calls = [];
  change = wanted;
  try {
    return run();
  } finally {
    change = undefined;
  }
}

/** Every place in the arguments of the last program, each parameter and property once. */
export function placesOfLastRun(): Place[] {
  const found = new Map<string, Place>();
  calls.forEach((args, call) => {
    for (const path of pathsOf(args)) {
      const property = path.filter(key => !/^\d+$/.test(key)).join('.');
      const value = path.reduce<unknown>((holder, key) => (holder as Container)[key], args);
      found.set(property === '' ? `call ${call}` : property, { call, path, value });
    }
  });
  return [...found.values()];
}

/** The library, with every constructor and factory recorded. */
export function recordedLibrary<L extends object>(library: L): L {
  return Object.fromEntries(Object.entries(library).map(([name, value]) => [name, isClass(value) ? recordedClass(value) : value])) as L;
}

function isClass(value: unknown): value is new (...args: unknown[]) => object {
  return typeof value === 'function' && value.prototype !== undefined;
}

function recordedClass<C extends new (...args: unknown[]) => object>(original: C): C {
  return new Proxy(original, {
    // scope and id are the business of constructs
    construct: (target, [scope, id, ...args]) => Reflect.construct(target, [scope, id, ...recorded(args)], target),
    get: (target, key) => {
      const member = Reflect.get(target, key);
      const isFactory = typeof member === 'function' && key !== 'prototype' && Object.prototype.hasOwnProperty.call(target, key);
      return isFactory ? (...args: unknown[]) => member.apply(target, recorded(args)) : member;
    },
  });
}

function recorded(args: Call): Call {
  const call = calls.push(args) - 1;
  return change?.call === call ? changed(args, change.path, change.apply) : args;
}

type Container = { [key: string]: unknown };

function changed<T>(value: T, [key, ...rest]: readonly string[], apply: Change['apply']): T {
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as T & Container;
  if (rest.length === 0) {
    apply(copy, key);
  } else {
    Object.assign(copy, { [key]: changed(copy[key], rest, apply) });
  }
  return copy;
}

function pathsOf(value: unknown): string[][] {
  const isPlain = Array.isArray(value) || (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);
  const entries = isPlain ? Object.entries(value).filter(([, child]) => typeof child !== 'function') : [];
  return entries.flatMap(([key, child]) => [[key], ...pathsOf(child).map(path => [key, ...path])]);
}
