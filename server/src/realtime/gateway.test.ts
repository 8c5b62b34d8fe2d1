import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Draft, type DraftEdit } from '@pipewright/shared/http/drafts.ts';
import { serverToClient, type ClientToServerEvents, type ServerToClientEvents, type WatchReply } from '@pipewright/shared/realtime/catalog.ts';
import type { StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { call, finishedRun, stepReaches } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer, type TestServer } from '../testing/test-server.ts';

type Client = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Waits for a file that the test makes; no clock. */
const waitFor = (file: string): string => `until [ -e ${file} ]; do read -t 0.02 <> <(:) || :; done`;
const step = (command: string) => ({ command, inputs: {}, outputs: {} });

async function connect(server: TestServer, headers: Record<string, string> = {}): Promise<Client> {
  const client: Client = io(server.url, { transports: ['websocket'], extraHeaders: headers, reconnectionDelay: 10, forceNew: true });
  onTestFinished(() => void client.close());
  await new Promise<void>((resolve, reject) => {
    client.once('connect', resolve);
    client.once('connect_error', reject);
  });
  return client;
}

async function watch(client: Client, room: string, after = 0): Promise<WatchReply> {
  return await new Promise((resolve) => client.emit('watch', { room, after }, resolve));
}

/** The next message of a kind. */
async function heardBy(client: Client, event: keyof ServerToClientEvents): Promise<unknown> {
  return await new Promise((resolve) => client.onAny((name: string, message: unknown) => name === event && resolve(message)));
}

describe('a run that is watched', () => {
  it('arrives whole, once and in order, across dropped connections', async () => {
    const server = await testServer({ slots: 4 });
    const jobs = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`s${index}`, step('true')]));
    const client = await connect(server);
    const seen: number[] = [];
    let batches = 0;
    let drops = 0;
    let gaps = 0;
    // As the page does: what continues is taken, what was seen is dropped; what comes before the answer to a watch waits for it.
    let waiting: StoredRunEvent[] | null = null;
    const take = (events: readonly StoredRunEvent[]): void => {
      for (const { seq } of events) {
        if (seq === seen.length + 1) seen.push(seq);
        else if (seq > seen.length) gaps += 1;
      }
    };
    const rejoin = async (): Promise<void> => {
      waiting = [];
      const reply = await watch(client, 'run:1', seen.length);
      if (reply.ok) take(reply.events ?? []);
      take(waiting);
      waiting = null;
    };
    client.on('connect', () => void rejoin());
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    client.on('run:changed', (message) => {
      const { runId, seq, events } = serverToClient['run:changed'].payload.parse(message);
      expect([runId, seq]).toEqual(['1', events.at(-1)?.seq]);
      batches += 1;
      if (waiting) waiting.push(...events);
      else take(events);
      if (drops < 3 && seen.length > drops * 60) {
        drops += 1;
        client.io.engine.close();
      }
      if (events.at(-1)?.changes.run.status === 'completed') end();
    });
    await call(server, '/api/runs', { body: { document: { type: 'pipeline', jobs } } });
    await rejoin();
    await ended;
    const { run } = await finishedRun(server, '1');
    expect(run.lastSeq).toBeGreaterThanOrEqual(220);
    await expect.poll(() => seen.length).toBe(run.lastSeq);
    expect(seen).toEqual(seen.map((_, index) => index + 1));
    expect(drops).toBe(3);
    expect(gaps).toBe(0);
    // Batched: far fewer messages than events.
    expect(batches).toBeLessThan(run.lastSeq / 2);
  });

  it('is told to the list of runs as well, and no longer to one who left', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    const [lister, leaver] = [await connect(server), await connect(server)];
    await watch(lister, 'runs');
    const completed = new Promise<void>((resolve) => {
      lister.on('runs:changed', ({ runs }) => runs.some(({ id, status }) => id === '1' && status === 'completed') && resolve());
    });
    const running = stepReaches(server, 'a', ({ status }) => status === 'running');
    await call(server, '/api/runs', { body: { document: { type: 'pipeline', jobs: { a: step(waitFor(`${folder}/go`)) } } } });
    await running;
    expect(await watch(leaver, 'run:1')).toMatchObject({ ok: true, events: expect.arrayContaining([expect.objectContaining({ seq: 1 })]) });
    leaver.emit('unwatch', { room: 'run:1' });
    // Answered in order: when this one is back, the room was left.
    await watch(leaver, 'runs');
    const heard: unknown[] = [];
    leaver.on('run:changed', (message) => heard.push(message));
    await writeFile(join(folder, 'go'), '');
    await completed;
    expect(heard).toEqual([]);
  });
});

describe('a draft that is watched', () => {
  it('tells of edits by others and of the backlog', async () => {
    const server = await testServer();
    const { id } = Draft.parse((await call(server, '/api/drafts', { body: { name: 'Shared' } })).body);
    const save = async (revision: number): Promise<void> => {
      const ops = [{ op: 'pipeline.setMeta', field: 'description', value: `revision ${revision}` }];
      await call(server, `/api/drafts/${id}/ops`, { body: { clientId: 'tab', mutationId: `m${revision}`, ops }, headers: { 'If-Match': `"${revision}"` } });
    };
    await save(1);
    const first = await connect(server);
    expect(await watch(first, `draft:${id}`, 1)).toMatchObject({ ok: true, edits: [{ revision: 2, by: 'Ada' }] });
    const edits: DraftEdit[] = [];
    first.on('draft:changed', (message) => {
      expect(message).toMatchObject({ draftId: id, revision: message.edits.at(-1)?.revision, by: 'Ada' });
      edits.push(...message.edits);
    });
    await save(2);
    await expect.poll(() => edits.at(-1)).toMatchObject({ revision: 3, mutationId: 'm2', ops: [{ op: 'pipeline.setMeta' }] });
    expect(await watch(first, `draft:${id}`, 0)).toEqual({ ok: false, error: 'too-old' });
    expect(await watch(first, 'draft:nobody', 0)).toEqual({ ok: false, error: 'too-old' });
  });
});

describe('who has a draft open', () => {
  const room = 'draft:shared';
  const told = (client: Client): (() => readonly string[]) => {
    let last: readonly string[] = [];
    client.on('presence:changed', (message) => {
      if (message.room === room) last = message.windows.map(({ window, name, steps }) => `${window} ${name} ${steps.join('+')}`.trim());
    });
    return () => last;
  };

  it('is told to everybody in the room: who came, what they select, who went', async () => {
    const server = await testServer();
    const [ada, grace, elsewhere] = [await connect(server), await connect(server), await connect(server)];
    const [seenByAda, seenElsewhere] = [told(ada), told(elsewhere)];
    await watch(ada, room);
    await watch(elsewhere, 'draft:other');
    ada.emit('present', { room, window: 'a', name: 'Ada', steps: [] });
    await expect.poll(seenByAda).toEqual(['a Ada']);
    grace.emit('present', { room, window: 'g', name: ' Grace ', steps: ['train'] });
    await expect.poll(seenByAda).toEqual(['a Ada', 'g Grace train']);
    ada.emit('present', { room, window: 'a', name: 'Ada', steps: ['score', 'train'] });
    await expect.poll(seenByAda).toEqual(['a Ada score+train', 'g Grace train']);
    grace.close();
    await expect.poll(seenByAda).toEqual(['a Ada score+train']);
    expect(seenElsewhere()).toEqual([]);
  });

  it('is told to whoever comes late, and no longer of a window that turned to something else', async () => {
    const server = await testServer();
    const [ada, grace] = [await connect(server), await connect(server)];
    ada.emit('present', { room, window: 'a', name: 'Ada', steps: ['train'] });
    await watch(ada, room);
    const seen = told(grace);
    await watch(grace, room);
    await expect.poll(seen).toEqual(['a Ada train']);
    ada.emit('unwatch', { room });
    await expect.poll(seen).toEqual([]);
  });

  it('is not told of what cannot be read, and comes back with the connection', async () => {
    const server = await testServer();
    const [ada, grace] = [await connect(server), await connect(server)];
    const seen = told(grace);
    await watch(grace, room);
    Reflect.apply(ada.emit, ada, ['present', { room: 'runs', window: 'a', name: 'Ada', steps: [] }]);
    Reflect.apply(ada.emit, ada, ['present', { room, window: 'a', name: '', steps: [] }]);
    const say = (steps: string[]): unknown => ada.emit('present', { room, window: 'a', name: 'Ada', steps });
    say([]);
    await expect.poll(seen).toEqual(['a Ada']);
    ada.on('connect', () => say(['back']));
    ada.io.engine.close();
    await expect.poll(seen).toEqual(['a Ada back']);
  });
});

describe('a log that is watched', () => {
  it('comes from a byte on, as it is written', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    const running = stepReaches(server, 'a', ({ status }) => status === 'running');
    await call(server, '/api/runs', { body: { document: { type: 'pipeline', jobs: { a: step(`echo one; ${waitFor(`${folder}/go`)}; echo two; exit 1`) } } } });
    await running;
    const client = await connect(server);
    let text = '';
    let next = 0;
    client.on('log:appended', (message) => {
      expect(message).toMatchObject({ runId: '1', step: 'a', attempt: 1, offset: next });
      next = message.nextOffset;
      text += message.text;
    });
    expect(await watch(client, 'logs:1/a')).toEqual({ ok: true });
    await expect.poll(() => text).toContain('one\n');
    expect(text).not.toContain('two\n');
    await writeFile(join(folder, 'go'), '');
    await expect.poll(() => text).toContain('two\n');
    await finishedRun(server, '1');
    const whole = (await call(server, '/api/runs/1/steps/a/logs')).body as { text: string };
    await expect.poll(() => text).toBe(whole.text);
    const late = await connect(server);
    const appended = heardBy(late, 'log:appended');
    await watch(late, 'logs:1/a', whole.text.indexOf('two'));
    expect(await appended).toMatchObject({ text: whole.text.slice(whole.text.indexOf('two')) });
  });

  it('of a reused step is that of the step whose result stands in', async () => {
    const server = await testServer();
    const document = { type: 'pipeline', jobs: { a: step('echo made by the donor') } };
    await call(server, '/api/runs', { body: { document } });
    await finishedRun(server, '1');
    const client = await connect(server);
    const appended = heardBy(client, 'log:appended');
    await call(server, '/api/runs', { body: { document } });
    await finishedRun(server, '2');
    await watch(client, 'logs:2/a');
    expect(await appended).toMatchObject({ runId: '2', step: 'a', text: expect.stringContaining('made by the donor') });
  });

  it('ends with the last watcher: nothing reads on', async () => {
    const server = await testServer();
    await call(server, '/api/runs', { body: { document: { type: 'pipeline', jobs: { a: step('echo one') } } } });
    await finishedRun(server, '1');
    const client = await connect(server);
    const appended = heardBy(client, 'log:appended');
    await watch(client, 'logs:1/a');
    await appended;
    client.emit('unwatch', { room: 'logs:1/a' });
    await watch(client, 'runs');
    const heard: unknown[] = [];
    client.on('log:appended', (message) => heard.push(message));
    const log = join(server.home, 'runs/1/a/1/log');
    await appendFile(log, 'more\n');
    expect(await readFile(log, 'utf8')).toContain('more');
    // A second watcher hears of it: by then the first would have as well.
    const other = await connect(server);
    const heardByOther = heardBy(other, 'log:appended');
    await watch(other, 'logs:1/a');
    await heardByOther;
    expect(heard).toEqual([]);
  });
});

describe('a socket', () => {
  it('is refused to pages from elsewhere', async () => {
    const server = await testServer();
    await expect(connect(server, { Origin: 'http://evil.example' })).rejects.toThrow();
    await expect(connect(server, { Host: 'evil.example' })).rejects.toThrow();
    await connect(server, { Origin: server.url });
  });

  it('takes no room that does not exist, and nothing that it cannot read', async () => {
    const server = await testServer();
    const client = await connect(server);
    expect(await watch(client, 'files:/etc')).toEqual({ ok: false, error: 'bad-request' });
    expect(await watch(client, 'run:1', -1)).toEqual({ ok: false, error: 'bad-request' });
    expect(await watch(client, 'run:1')).toEqual({ ok: true, events: [] });
    client.emit('unwatch', { room: 'nothing' });
    // Without a way to answer there is nothing to say.
    Reflect.apply(client.emit, client, ['watch', { room: 'runs', after: 0 }]);
    expect(await watch(client, 'runs')).toEqual({ ok: true });
  });
});
