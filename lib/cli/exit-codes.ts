/** What the command tells the program that called it. */
export enum ExitCode {
  /** Nothing was found that is as bad as asked for. */
  CLEAN = 0,

  /** Something was found. */
  FINDINGS = 1,

  /** The command was called wrongly, or could not read everything. */
  UNREADABLE = 2,
}
