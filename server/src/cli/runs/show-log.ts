import { setTimeout as delay } from 'node:timers/promises';
import type { RunId } from '@pipewright/shared/ids.ts';
import { AttemptFolder } from '../../compute/attempt-folder.ts';
import { readLog } from '../../compute/attempt-log.ts';
import { homeFolder } from '../../config.ts';
import { attemptOf, type FoundAttempt } from '../../http/runs/attempt-of.ts';
import { exitStatus } from '../exit-status.ts';
import { parseArguments, UsageError } from '../parse-arguments.ts';
import { printJson } from '../print-json.ts';
import { withRemembered, type Remembered } from '../remembered.ts';
import { findRun } from './find-run.ts';

const options = {
  attempt: { type: 'string' },
  follow: { type: 'boolean', short: 'f', default: false },
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** How often a log that is followed is looked at: by eye it is at once. */
const lookEveryMs = 150;
const bytesAtOnce = 1_048_576;

/** `runs logs [RUN] [STEP]`: what a step has written, or all steps one after the other. */
export async function showLog(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options, 2);
  const attempt = readAttempt(values.attempt);
  return await withRemembered(homeFolder(values.home), async (remembered) => {
    const run = await findRun(remembered.store, positionals[0]);
    const keys = await stepsOf(remembered, run, positionals[1]);
    if (values.json) {
      const logs = [];
      for (const key of keys) {
        const found = await attemptOf(remembered, { id: run, key }, attempt);
        const parts: string[] = [];
        await copyLog(remembered, found, { offset: 0, write: (text) => parts.push(text) });
        logs.push({ step: key, attempt: found.attempt, text: parts.join('') });
      }
      printJson({ logs });
      return exitStatus.done;
    }
    for (const [index, key] of keys.entries()) {
      if (keys.length > 1) process.stdout.write(`${index === 0 ? '' : '\n'}==> ${key} <==\n`);
      await printLog(remembered, { run, key, attempt, isFollowed: values.follow });
    }
    return exitStatus.done;
  });
}

function readAttempt(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const attempt = Number(text);
  if (!Number.isInteger(attempt) || attempt < 1) throw new UsageError(`--attempt ${text}: attempts are counted from 1`);
  return attempt;
}

async function stepsOf({ store }: Remembered, run: RunId, step: string | undefined): Promise<readonly string[]> {
  const keys = (await store.runs.get(run))?.steps.map(({ key }) => key) ?? [];
  if (step === undefined) return keys;
  if (!keys.includes(step)) throw new UsageError(`run ${run} has no step ${step}; it has ${keys.join(', ')}`);
  return [step];
}

interface LogToPrint {
  readonly run: RunId;
  readonly key: string;
  readonly attempt: number | undefined;
  readonly isFollowed: boolean;
}

/** A log that is followed is read until its step has ended: the state first, so that nothing written before is missed. */
async function printLog(remembered: Remembered, { run, key, attempt, isFollowed }: LogToPrint): Promise<void> {
  let shown = { attempt: 0, offset: 0 };
  for (;;) {
    const found = await attemptOf(remembered, { id: run, key }, attempt);
    if (found.attempt !== shown.attempt) shown = { attempt: found.attempt, offset: 0 };
    shown.offset = await copyLog(remembered, found, { offset: shown.offset, write: (text) => process.stdout.write(text) });
    if (found.isEnded || !isFollowed) return;
    await delay(lookEveryMs);
  }
}

interface Copy {
  readonly offset: number;
  readonly write: (text: string) => void;
}

/** Answers where the log ended for now. */
async function copyLog({ runsFolder }: Remembered, { donor, attempt }: FoundAttempt, { offset, write }: Copy): Promise<number> {
  const folder = new AttemptFolder(runsFolder, { runId: donor.run, step: donor.step, attempt });
  for (let at = offset; ;) {
    const { text, nextOffset, size } = await readLog(folder, at, bytesAtOnce);
    write(text);
    if (nextOffset === at || nextOffset >= size) return nextOffset;
    at = nextOffset;
  }
}
