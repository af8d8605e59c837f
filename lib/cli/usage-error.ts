/** What the person at the command line has to change. */
export class UsageError extends Error {
}
