/**
 * The plain form in which a generated type is written to the manifest.
 *
 * The generated classes repeat the same structure under several nominal types with enums
 * of their own. In this form an enum is the union of its texts and the copies of one
 * structure are interchangeable, while a misspelt key or enum value is still a compile error.
 * The one name that the generated classes spell differently is as Istio spells it.
 */
export type Wire<T> =
  T extends string ? `${T}` :
    T extends number | boolean ? T :
      T extends ReadonlyArray<infer U> ? Wire<U>[] :
        T extends object ? { readonly [K in keyof T as K extends 'consecutive5XxErrors' ? 'consecutive5xxErrors' : K]: Wire<T[K]> } : T;
