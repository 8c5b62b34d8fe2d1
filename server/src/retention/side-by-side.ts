/** More than the threads that look at the disk, so that none of them waits. */
const atOnce = 32;

/** Does the same for each, some of them at a time: a look at the disk is mostly waiting. */
export async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const open = items[Symbol.iterator]();
  const workOff = async (): Promise<void> => {
    for (const item of open) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, workOff));
}
