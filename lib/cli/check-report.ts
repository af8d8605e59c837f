import type { Finding } from '../checks/finding';

/** A finding, and exactly where it stands in its file. */
export interface LocatedFinding extends Finding {
  /** The column of the line, from 1. */
  readonly column?: number;

  /** The template that the resource was rendered from, as Helm notes it. */
  readonly template?: string;
}

/** A note about a file. */
export interface FileNote {
  readonly file: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a check has brought to light. */
export interface CheckReport {
  readonly findings: readonly LocatedFinding[];

  /** What could not be read. */
  readonly problems: readonly FileNote[];

  /** What is not a Kubernetes object. */
  readonly skipped: readonly FileNote[];

  /** How many files were read. */
  readonly files: number;

  /** How many Kubernetes objects were found in them. */
  readonly objects: number;
}
