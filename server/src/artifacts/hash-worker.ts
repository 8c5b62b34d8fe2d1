// Hashes one large file in a thread of its own: a second of hashing for each gigabyte is not the server's to spend.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const digest = createHash('sha256');
const buffer = Buffer.alloc(4 << 20);
const file = openSync(String(workerData), 'r');
for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) digest.update(buffer.subarray(0, count));
closeSync(file);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(digest.digest('hex'));
