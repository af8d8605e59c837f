/** Why a document cannot be read, and where: the offset into its text. */
export class UnreadableDocument extends Error {
  constructor(message: string, public readonly offset: number) {
    super(message);
  }
}
