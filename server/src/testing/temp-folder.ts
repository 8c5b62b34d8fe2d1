import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of the test's own, removed with all in it when the test has finished. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-test-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
