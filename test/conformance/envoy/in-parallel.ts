/** Does some work for each item, for at most so many at once. */
export async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  await Promise.all(Array.from({ length: limit }, async () => {
    for (const item of left) {
      await work(item);
    }
  }));
}
