import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

// A thread of its own, which asks one time after another and nothing else: what it waits for is the server.

let isDone = false;
parentPort?.once('message', () => (isDone = true));
const waits: number[] = [];
while (!isDone) {
  const from = performance.now();
  await (await fetch(`${String(workerData)}/api/health`)).text();
  waits.push(performance.now() - from);
  await delay(5);
}
parentPort?.postMessage(waits);
