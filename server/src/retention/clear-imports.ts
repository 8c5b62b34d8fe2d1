import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { RetentionStore } from '../store/retention-store.ts';
import type { Disposal, Freed } from './disposal.ts';

/** An import that is under way has no draft yet. */
const underWayMs = 60 * 60 * 1000;

interface ImportsToClear {
  readonly store: RetentionStore;
  readonly importsFolder: string;
  readonly disposal: Disposal;
  readonly leftovers: Freed;
  readonly now: number;
}

/** What was brought into the workspace, and no draft, published pipeline or run looks into. */
export async function clearImports({ store, importsFolder, disposal, leftovers, now }: ImportsToClear): Promise<void> {
  const names = (await readdir(importsFolder).catch(() => [])).filter((name) => name !== '.trash');
  if (names.length === 0) return;
  const folders = await store.foldersInUse();
  for (const name of names) {
    const path = join(importsFolder, name);
    if (folders.some((folder) => folder === path || folder.startsWith(`${path}${sep}`))) continue;
    const { ctimeMs } = await stat(path).catch(() => ({ ctimeMs: now }));
    if (now - ctimeMs > underWayMs) await disposal.discard(path, { root: importsFolder, freed: leftovers });
  }
}
