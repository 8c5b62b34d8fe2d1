import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { describeStep, formatDuration } from './describe-step.ts';
import { createProgress } from './progress.ts';

const at = '2026-01-01T00:00:00.000Z';
const decided = { attempts: 1, notes: [], decision: 'run' as const, reasons: [{ code: 'forced' as const, text: 'forced' }], fingerprint: 'f' };
const running = (key: string): StepRun => ({ ...decided, key, status: 'running', startedAt: at });
const failed = (key: string): StepRun => ({
  key,
  attempts: 1,
  notes: [],
  status: 'failed',
  endedAt: at,
  failure: { reason: 'exit-code', message: 'It ended with 1.', firstError: 'KeyError: x', lastLines: [] },
});

const summary = RunSummary.parse({
  id: '1',
  name: 'P',
  pipelineName: 'P',
  experiment: 'e',
  status: 'running',
  origin: { kind: 'document' },
  by: 'Ada',
  queuedAt: at,
  endedAt: null,
  counts: { running: 1, failed: 1 },
  error: null,
  lastSeq: 1,
});
const event = (...steps: StepRun[]): StoredRunEvent => StoredRunEvent.parse({ type: 'run:submitted', at, seq: 1, changes: { run: summary, steps } });

/** A terminal that remembers what was written; ␛ stands for the escape character. */
function terminal(size: { rows: number; columns: number } | null): { out: NodeJS.WriteStream; written: () => string } {
  const stream = new PassThrough({ encoding: 'utf8' });
  // A stream that can be written to, with the members of a terminal that are looked at.
  const out = Object.assign(stream, size === null ? {} : { isTTY: true, ...size }) as unknown as NodeJS.WriteStream;
  return { out, written: () => String(stream.read() ?? '').replaceAll('\u001B', '␛') };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('createProgress', () => {
  it('writes a line per change into a pipe, without colours', () => {
    const { out, written } = terminal(null);
    const progress = createProgress(out);
    progress.begin(summary);
    progress.show(event(failed('a')));
    expect(written()).toBe('run 1  P\na  failed  KeyError: x\n');
  });

  it('keeps a line of what has ended on a terminal, and draws over itself what goes on and the counts', () => {
    vi.stubEnv('NO_COLOR', '');
    const { out, written } = terminal({ rows: 24, columns: 80 });
    const progress = createProgress(out);
    progress.show(event(running('prep'), failed('b')));
    expect(written()).toMatch(/^␛\[31m {2}b {5}failed {2}KeyError: x␛\[0m\n␛\[34m {2}prep {2}running .*␛\[0m\n {2}2 steps · 1 running · 1 failed\n$/);
    progress.show(event(failed('prep')));
    expect(written()).toBe('␛[2A\r␛[J␛[31m  prep  failed  KeyError: x␛[0m\n');
    progress.say('a word');
    expect(written()).toBe('a word\n');
  });

  it('obeys NO_COLOR', () => {
    vi.stubEnv('NO_COLOR', '1');
    const { out, written } = terminal({ rows: 24, columns: 80 });
    createProgress(out).show(event(failed('b')));
    expect(written()).toBe('  b  failed  KeyError: x\n');
  });

  it('shows as many of those that go on as the terminal has room for, and how many more there are', () => {
    vi.stubEnv('NO_COLOR', '1');
    const { out, written } = terminal({ rows: 5, columns: 30 });
    createProgress(out).show(event(...['a', 'b', 'c', 'd', 'e'].map(running)));
    expect(written().replaceAll(/running .*/g, 'running')).toBe('  a  running\n  b  running\n  and 3 more · 2 steps · 1 ru\n');
  });

  it('tells trials and items that went well by the count of their step', () => {
    vi.stubEnv('NO_COLOR', '1');
    const { out, written } = terminal({ rows: 24, columns: 80 });
    const completed: StepRun = { ...decided, key: 'tune/1', status: 'completed', startedAt: at, endedAt: at, outputs: {}, isReusable: true };
    createProgress(out).show(event(completed, failed('tune/2')));
    expect(written()).toBe('  tune/2  failed  KeyError: x\n');
  });
});

describe('describeStep', () => {
  it('says how long a step has been running', () => {
    expect(describeStep(running('a'), Date.parse(at) + 65_000)).toBe('running  1:05  (forced)');
  });

  it.each([
    [420, '0.4 s'],
    [65_000, '1:05'],
    [7_209_000, '2:00:09'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('a step that waits for its next attempt', () => {
  it('says for how long, and what became of the last one', () => {
    const failure = { reason: 'exit-code' as const, message: 'It ended with 75.', firstError: 'ConnectionError: x', lastLines: [] };
    const step: StepRun = { ...decided, key: 'a', status: 'retrying', startedAt: at, until: '2026-01-01T00:00:10.000Z', failure };
    expect(describeStep(step, Date.parse(at))).toBe('retrying  in 10.0 s, attempt 1 failed: ConnectionError: x');
  });
});
