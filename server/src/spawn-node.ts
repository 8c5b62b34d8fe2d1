import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A process that takes lines on its input and answers by lines; what it says otherwise is shown where ours is. */
export type NodeChild = ChildProcessByStdio<Writable, Readable, null>;

/** Where Node keeps modules whose types it has stripped, unless whoever started us chose a place. */
const compileCache = process.env['NODE_COMPILE_CACHE'] ?? fileURLToPath(new URL('../../.cache/compile', import.meta.url));

/**
 * Starts one of our own modules in a process of its own. With compiled modules cached it starts in an eighth of the
 * time and needs 18 MB less, because nothing has to strip its types.
 */
export function spawnNode(entry: URL, flags: readonly string[] = []): NodeChild {
  return spawn(process.execPath, [...flags, fileURLToPath(entry)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
}
