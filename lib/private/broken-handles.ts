import { messageOf } from './describe';

/** Something that handles are kept by, each of which may stand for nothing any more when the app is complete. */
export interface HandleKeeper {
  /** What is wrong with the handles, each with its place. */
  _brokenHandles(): string[];
}

export function isHandleKeeper(value: object): value is HandleKeeper {
  return '_brokenHandles' in value;
}

/** What is wrong with a handle that was right when it was handed in: what it stands for has changed since. */
export function whyBroken(place: string, ask: () => unknown): string[] {
  try {
    ask();
    return [];
  } catch (error) {
    return [`${place}: ${messageOf(error)}`];
  }
}
