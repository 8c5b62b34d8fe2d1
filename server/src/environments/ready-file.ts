import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Written last: a folder without it is a build that did not come to its end, and is made anew. */
const ReadyFile = z.object({
  python: z.string(),
  builder: z.enum(['uv', 'venv']),
  notes: z.array(z.string()),
  startedAt: z.string(),
  endedAt: z.string(),
  lock: z.string().nullable().default(null),
});
export type ReadyFile = z.infer<typeof ReadyFile>;

const name = 'ready.json';
const fromJson = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(ReadyFile);

export async function readReadyFile(folder: string): Promise<ReadyFile | undefined> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => null);
  const parsed = text === null ? undefined : fromJson.safeParse(text);
  return parsed?.success ? parsed.data : undefined;
}

export async function writeReadyFile(folder: string, ready: ReadyFile): Promise<void> {
  const target = join(folder, name);
  await writeFile(`${target}.new`, `${JSON.stringify(ready, null, 2)}\n`);
  await rename(`${target}.new`, target);
}
