// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { startTestBackend, type TestBackend } from '../testing/test-backend.ts';
import { watchLog } from './watch-log.ts';

/** A log in memory that is told over the socket as the gateway does: every byte from `after` on. */
function serveLog(backend: TestBackend) {
  const attempts: string[] = [''];
  let isEnded = false;
  let watches = 0;
  backend.sockets.on('connection', (socket) => {
    socket.on('watch', ({ room, after }, acknowledge) => {
      watches += 1;
      void socket.join(room);
      acknowledge({ ok: true });
      const text = (attempts.at(-1) ?? '').slice(after);
      if (text !== '') socket.emit('log:appended', message(attempts.length, after, text));
    });
  });
  const message = (attempt: number, offset: number, text: string) => ({
    runId: '7',
    step: 'train',
    attempt,
    offset,
    nextOffset: offset + text.length,
    stepFrom: 0,
    stepTo: null,
    text,
  });
  return {
    write(text: string): void {
      const offset = attempts.at(-1)?.length ?? 0;
      attempts[attempts.length - 1] += text;
      backend.sockets.to('logs:7/train').emit('log:appended', message(attempts.length, offset, text));
    },
    /** Written, but the message is lost. */
    writeSilently(text: string): void {
      attempts[attempts.length - 1] += text;
    },
    beginAttempt: (): void => void attempts.push(''),
    end: (): void => {
      isEnded = true;
    },
    watchCount: () => watches,
    read: async ({ attempt = attempts.length, offset }: { readonly attempt: number | undefined; readonly offset: number }) => {
      const whole = attempts[attempt - 1] ?? '';
      const text = whole.slice(offset, offset + 8);
      return { attempt, offset, nextOffset: offset + text.length, size: whole.length, isEnded, stepFrom: 0, stepTo: null, text };
    },
  };
}

/** What a viewer would show. */
function viewer() {
  const shown = { text: '', resets: 0, isEnded: false };
  return {
    shown,
    handlers: {
      append: ({ text }: { readonly text: string }): void => {
        shown.text += text;
      },
      reset: (): void => {
        shown.text = '';
        shown.resets += 1;
      },
      onSkipped: (): void => {},
      onCaughtUp: (isEnded: boolean): void => {
        shown.isEnded = isEnded;
      },
      onError: (error: unknown): void => {
        throw error;
      },
    },
  };
}

describe('watchLog', () => {
  it('reads what is there, then follows', async () => {
    const backend = await startTestBackend();
    const log = serveLog(backend);
    log.write('one line\ntwo lines\n');
    const socket = await backend.connect();
    const { shown, handlers } = viewer();
    const stop = watchLog(socket, { run: '7', step: 'train', read: log.read, ...handlers });
    await vi.waitFor(() => expect(log.watchCount()).toBe(1));
    log.write('three\n');
    await vi.waitFor(() => expect(shown.text).toBe('one line\ntwo lines\nthree\n'));
    stop();
  });

  it('mends a hole by reading from where it is', async () => {
    const backend = await startTestBackend();
    const log = serveLog(backend);
    const socket = await backend.connect();
    const { shown, handlers } = viewer();
    watchLog(socket, { run: '7', step: 'train', read: log.read, ...handlers });
    await vi.waitFor(() => expect(log.watchCount()).toBe(1));
    log.writeSilently('lost on the way\n');
    log.write('heard\n');
    await vi.waitFor(() => expect(shown.text).toBe('lost on the way\nheard\n'));
  });

  it('loses nothing and repeats nothing across a dropped connection', async () => {
    const backend = await startTestBackend();
    const log = serveLog(backend);
    const socket = await backend.connect();
    const { shown, handlers } = viewer();
    watchLog(socket, { run: '7', step: 'train', read: log.read, ...handlers });
    await vi.waitFor(() => expect(log.watchCount()).toBe(1));
    log.write('before\n');
    const isBack = new Promise((resolve) => socket.once('connect', () => resolve(null)));
    for (const client of backend.sockets.sockets.sockets.values()) client.conn.close();
    log.write('while away\n');
    await isBack;
    await vi.waitFor(() => expect(log.watchCount()).toBe(2));
    log.write('after\n');
    await vi.waitFor(() => expect(shown.text).toBe('before\nwhile away\nafter\n'));
  });

  it('goes over to a newer attempt, unless one was chosen', async () => {
    const backend = await startTestBackend();
    const log = serveLog(backend);
    log.write('first try\n');
    const socket = await backend.connect();
    const newest = viewer();
    const chosen = viewer();
    watchLog(socket, { run: '7', step: 'train', read: log.read, ...newest.handlers });
    watchLog(socket, { run: '7', step: 'train', attempt: 1, read: log.read, ...chosen.handlers });
    await vi.waitFor(() => expect(log.watchCount()).toBe(2));
    log.beginAttempt();
    log.write('second try\n');
    await vi.waitFor(() => expect(newest.shown.text).toBe('second try\n'));
    expect(chosen.shown.text).toBe('first try\n');
  });

  it('does not watch a log that has ended', async () => {
    const backend = await startTestBackend();
    const log = serveLog(backend);
    log.write('all of it\n');
    log.end();
    const socket = await backend.connect();
    const { shown, handlers } = viewer();
    watchLog(socket, { run: '7', step: 'train', read: log.read, ...handlers });
    await vi.waitFor(() => expect(shown.isEnded).toBe(true));
    expect(shown.text).toBe('all of it\n');
    expect(log.watchCount()).toBe(0);
  });

  it('leaves out the beginning of a very long log', async () => {
    const backend = await startTestBackend();
    const socket = await backend.connect();
    const { shown, handlers } = viewer();
    const skipped = vi.fn();
    const size = 9_000_000;
    const read = async ({ offset }: { readonly offset: number }) => {
      const text = offset === 0 ? 'the beginning' : 'the end';
      return { attempt: 1, offset, nextOffset: offset === 0 ? text.length : size, size, isEnded: true, stepFrom: 0, stepTo: null, text };
    };
    watchLog(socket, { run: '7', step: 'train', read, ...handlers, onSkipped: skipped });
    await vi.waitFor(() => expect(shown.isEnded).toBe(true));
    expect(shown.text).toBe('the end');
    expect(skipped).toHaveBeenCalledWith(1_000_000);
  });
});
