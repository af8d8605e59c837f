import { IConstruct } from 'constructs';

/** A property as error messages show it: behind the path of the construct that it was handed to. */
export function at(construct: IConstruct, property: string): string {
  return `[${construct.node.path}] ${property}`;
}

/** Makes what value classes check, so that their errors begin with the construct's path and what they are part of. */
export function made<T>(start: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Error(`${start}${(error as Error).message}`);
  }
}
