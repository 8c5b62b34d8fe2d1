// @vitest-environment node
import type { StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { describe, expect, it, vi } from 'vitest';
import { anEvent, runningStep } from '../testing/run-builders.ts';
import { startTestBackend, type TestBackend } from '../testing/test-backend.ts';
import { watchRun } from './watch-run.ts';

/** Serves a run's log the way the gateway does: join, then read, then live messages. */
function serveRun(backend: TestBackend) {
  const log: StoredRunEvent[] = [];
  let holdBacklog: Promise<void> = Promise.resolve();
  let watches = 0;
  backend.sockets.on('connection', (socket) => {
    socket.on('watch', async ({ room, after }, acknowledge) => {
      watches += 1;
      await socket.join(room);
      const events = log.filter((event) => event.seq > after);
      await holdBacklog;
      acknowledge({ ok: true, events });
    });
  });
  const emit = (events: readonly StoredRunEvent[]): void => {
    backend.sockets.to('run:7').emit('run:changed', { runId: '7', seq: events.at(-1)?.seq ?? 0, events });
  };
  return {
    happen(count: number): void {
      const events = Array.from({ length: count }, () => {
        const event = anEvent(log.length + 1, [runningStep('train')]);
        log.push(event);
        return event;
      });
      emit(events);
    },
    emit,
    log,
    holdBacklog: (until: Promise<void>) => {
      holdBacklog = until;
    },
    watchCount: () => watches,
  };
}

describe('watchRun', () => {
  it('delivers 220 events once each and in order across three dropped connections', async () => {
    const backend = await startTestBackend();
    const run = serveRun(backend);
    const socket = await backend.connect();
    const seen: number[] = [];
    const stop = watchRun(socket, { runId: '7', afterSeq: 0, deliver: (events) => seen.push(...events.map((event) => event.seq)), onLost: () => {} });
    for (let drop = 0; drop < 3; drop += 1) {
      run.happen(55);
      const isBack = new Promise((resolve) => socket.once('connect', () => resolve(null)));
      for (const client of await backend.sockets.fetchSockets()) backend.sockets.sockets.sockets.get(client.id)?.conn.close();
      run.happen(10);
      await isBack;
    }
    run.happen(25);
    await vi.waitFor(() => expect(seen).toHaveLength(220), 10_000);
    expect(seen).toEqual(Array.from({ length: 220 }, (_, index) => index + 1));
    stop();
  });

  it('holds live events back until the backlog is in', async () => {
    const backend = await startTestBackend();
    const run = serveRun(backend);
    run.happen(3);
    let release = (): void => {};
    run.holdBacklog(
      new Promise((resolve) => {
        release = resolve;
      }),
    );
    const socket = await backend.connect();
    const batches: number[][] = [];
    watchRun(socket, { runId: '7', afterSeq: 1, deliver: (events) => batches.push(events.map((event) => event.seq)), onLost: () => {} });
    await vi.waitFor(() => expect(run.watchCount()).toBe(1));
    const hasArrived = new Promise((resolve) => socket.once('run:changed', () => resolve(null)));
    run.happen(2);
    await hasArrived;
    expect(batches).toEqual([]);
    release();
    await vi.waitFor(() => expect(batches.flat()).toEqual([2, 3, 4, 5]));
  });

  it('asks for what it missed when numbers are left out', async () => {
    const backend = await startTestBackend();
    const run = serveRun(backend);
    const socket = await backend.connect();
    const seen: number[] = [];
    watchRun(socket, { runId: '7', afterSeq: 0, deliver: (events) => seen.push(...events.map((event) => event.seq)), onLost: () => {} });
    run.happen(1);
    await vi.waitFor(() => expect(seen).toEqual([1]));
    // Two events are stored, but only the second one is told.
    run.log.push(anEvent(2, []), anEvent(3, []));
    run.emit(run.log.slice(2));
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]));
  });

  it('says so when the server has no such run, and stops hearing when it is stopped', async () => {
    const backend = await startTestBackend();
    backend.sockets.on('connection', (client) => client.on('watch', (_, acknowledge) => acknowledge({ ok: false, error: 'unknown' })));
    const socket = await backend.connect();
    const lost = vi.fn();
    const delivered = vi.fn();
    const stop = watchRun(socket, { runId: '9', afterSeq: 0, deliver: delivered, onLost: lost });
    await vi.waitFor(() => expect(lost).toHaveBeenCalledWith('unknown'));
    stop();
    expect(socket.listeners('run:changed')).toEqual([]);
    expect(delivered).not.toHaveBeenCalled();
  });
});
