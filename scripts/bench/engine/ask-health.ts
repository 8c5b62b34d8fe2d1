import { setTimeout as delay } from 'node:timers/promises';

// A process of its own, which asks one time after another until its input ends: what it waits for is the server, and not
// whoever measures. Prints the waits in milliseconds.

const done = new AbortController();
process.stdin.resume().once('end', () => done.abort());
const waits: number[] = [];
while (!done.signal.aborted) {
  const from = performance.now();
  await (await fetch(`${process.argv[2] ?? ''}/api/health`)).text();
  waits.push(performance.now() - from);
  await delay(5);
}
console.log(JSON.stringify(waits));
