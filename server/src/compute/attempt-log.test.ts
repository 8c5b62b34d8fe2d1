import { appendFile, writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { AttemptFolder } from './attempt-folder.ts';
import { readLog, tailLog, type LogPart } from './attempt-log.ts';

async function attempt(): Promise<AttemptFolder> {
  const folder = new AttemptFolder(await tempFolder(), { runId: '1', step: 'train', attempt: 1 });
  folder.create();
  return folder;
}

function tail(folder: AttemptFolder, from = 0): { readonly parts: LogPart[]; readonly shows: (text: string) => Promise<void>; readonly stop: () => void } {
  const parts: LogPart[] = [];
  const stop = tailLog(folder, from, (part) => void parts.push(part));
  onTestFinished(stop);
  const text = (): string => parts.map((part) => part.text).join('');
  return { parts, stop, shows: async (expected) => await expect.poll(text, { timeout: 5000, interval: 10 }).toBe(expected) };
}

describe('readLog', () => {
  it('shows what we said before, what the step said and what we said after, by offsets in the whole', async () => {
    const folder = await attempt();
    folder.note('$ train');
    await writeFile(folder.file('log'), 'epoch 1\nepoch 2\n');
    await folder.noteEnding('ended');
    const whole = '$ train\nepoch 1\nepoch 2\nended\n';
    expect(await readLog(folder, 0, 1000)).toEqual({ offset: 0, nextOffset: whole.length, size: whole.length, stepFrom: 8, stepTo: 24, text: whole });
    expect((await readLog(folder, 4, 10)).text).toBe(whole.slice(4, 14));
    expect(await readLog(folder, whole.length, 10)).toMatchObject({ nextOffset: whole.length, text: '' });
    expect(await readLog(folder, 5000, 10)).toMatchObject({ offset: 5000, nextOffset: 5000, text: '' });
  });

  it('never cuts a character, whatever the limit, and comes to the end', async () => {
    const folder = await attempt();
    const text = 'größe 数据 🚀 ok\n'.repeat(7);
    await writeFile(folder.file('log'), text);
    for (let limit = 1; limit < 12; limit += 1) {
      let read = '';
      for (let offset = 0, size = 1; offset < size;) {
        const part = await readLog(folder, offset, Math.max(limit, 4));
        expect(part.nextOffset).toBeGreaterThan(offset);
        read += part.text;
        ({ nextOffset: offset, size } = part);
      }
      expect(read).toBe(text);
    }
  });

  it('passes bytes that are no text, and half a character at the very end', async () => {
    const folder = await attempt();
    await writeFile(folder.file('log'), Buffer.from([0x61, 0xff, 0x62, 0xe6, 0x95]));
    const first = await readLog(folder, 0, 100);
    expect(first).toMatchObject({ text: 'a\uFFFDb', nextOffset: 3, size: 5 });
    expect((await readLog(folder, 3, 100)).nextOffset).toBe(5);
  });

  it('is empty for an attempt that has said nothing', async () => {
    const folder = new AttemptFolder(await tempFolder(), { runId: '1', step: 'never', attempt: 1 });
    expect(await readLog(folder, 0, 100)).toEqual({ offset: 0, nextOffset: 0, size: 0, stepFrom: 0, stepTo: null, text: '' });
  });
});

describe('tailLog', () => {
  it('tells what is there and what comes, with offsets that join', async () => {
    const folder = await attempt();
    folder.note('$ train');
    const { parts, shows } = tail(folder);
    await shows('$ train\n');
    await appendFile(folder.file('log'), 'one\n');
    await shows('$ train\none\n');
    await appendFile(folder.file('log'), 'two\n');
    await folder.noteEnding('ended');
    await shows('$ train\none\ntwo\nended\n');
    expect(parts.slice(1).map(({ offset }) => offset)).toEqual(parts.slice(0, -1).map(({ nextOffset }) => nextOffset));
  });

  it('waits for the other half of a character', async () => {
    const folder = await attempt();
    const bytes = Buffer.from('数');
    await writeFile(folder.file('log'), Buffer.concat([Buffer.from('a'), bytes.subarray(0, 2)]));
    const { shows } = tail(folder);
    await shows('a');
    await appendFile(folder.file('log'), bytes.subarray(2));
    await shows('a数');
  });

  it('begins where it is told to, and before there is anything', async () => {
    const folder = new AttemptFolder(await tempFolder(), { runId: '1', step: 'later', attempt: 1 });
    const { shows } = tail(folder, 4);
    folder.create();
    await appendFile(folder.file('log'), 'one\ntwo\n');
    await shows('two\n');
  });

  it('tells a log longer than one reading in pieces', async () => {
    const folder = await attempt();
    const line = `${'x'.repeat(99)}\n`;
    await writeFile(folder.file('log'), line.repeat(20_000));
    const { parts, shows } = tail(folder);
    await shows(line.repeat(20_000));
    expect(Math.max(...parts.map(({ text }) => text.length))).toBeLessThanOrEqual(256 * 1024);
  });

  it('says nothing more once stopped', async () => {
    const folder = await attempt();
    const stopped = tail(folder);
    const going = tail(folder);
    await appendFile(folder.file('log'), 'one\n');
    await Promise.all([stopped.shows('one\n'), going.shows('one\n')]);
    stopped.stop();
    await appendFile(folder.file('log'), 'two\n');
    await going.shows('one\ntwo\n');
    expect(stopped.parts.map(({ text }) => text)).toEqual(['one\n']);
  });
});
