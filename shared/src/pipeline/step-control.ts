import { z } from 'zod';
import { Json } from '../json.ts';

/** An ending of an attempt after which a step may try again. */
export const RetryEnding = z.enum(['failed', 'timed-out', 'lost']);
export type RetryEnding = z.infer<typeof RetryEnding>;

const RetrySettings = z.strictObject({
  /** Attempts after the first one. */
  count: z.int().min(0).max(100),
  /** Seconds before the first retry; each further wait is `factor` times as long, up to `max_backoff`. */
  backoff: z.number().min(0).max(86_400).optional(),
  factor: z.number().min(1).max(10).optional(),
  max_backoff: z.number().min(0).max(86_400).optional(),
  /** The share by which a wait may be shorter, so that steps that failed together do not come back together. */
  jitter: z.number().min(0).max(1).optional(),
  on: z.array(RetryEnding).min(1).optional(),
  /** Only these exit codes of a failed attempt; every one unless said. */
  exit_codes: z.array(z.int().min(1).max(255)).min(1).optional(),
});

/** Ours, on a step: `retries: 2`, or with how long to wait and after what. */
export const Retries = z.union([z.int().min(0).max(100), RetrySettings]);
export type Retries = z.infer<typeof Retries>;

/** Azure's own: seconds from the start of the process. */
export const Limits = z.looseObject({ timeout: z.number().positive().optional() });
export type Limits = z.infer<typeof Limits>;

/** Ours, beside Azure's keys: what the step takes of the machine while it runs. Memory as in `512 MB` or `2GiB`. */
export const Resources = z.looseObject({
  cpu: z.number().positive().optional(),
  memory: z.union([z.string(), z.number().positive()]).optional(),
  gpu: z.int().min(0).optional(),
});
export type Resources = z.infer<typeof Resources>;

/** Ours: `always` takes the newest result whatever differs, `never` runs each time; `auto` looks at content. */
export const ReusePolicy = z.enum(['auto', 'always', 'never']);
export type ReusePolicy = z.infer<typeof ReusePolicy>;

/** Ours: the step once for each item. `items` is a list, or a binding to a list's text or to a folder of files. */
export const ForEach = z.strictObject({
  items: z.union([z.array(Json), z.string().min(1)]),
  /** The input that takes the item. */
  input: z.string().min(1).optional(),
  /** Each item is a map, and fills the inputs of its names. */
  by_name: z.boolean().optional(),
  max_parallel: z.int().min(1).optional(),
});
export type ForEach = z.infer<typeof ForEach>;

/** A loop that nobody stops ends after so many rounds. */
export const mostRounds = 1000;

/** Ours: the step again and again, as long as what it puts out says so. */
export const Repeat = z.strictObject({
  /** The boolean output that says whether there is another round; `true`: there is one, up to `max`. */
  while: z.union([z.string().min(1), z.boolean()]),
  /** Inputs that take an output of the round before. */
  feed: z.record(z.string(), z.string().min(1)).optional(),
  /** Rounds at most. */
  max: z.int().min(1).max(mostRounds).optional(),
});
export type Repeat = z.infer<typeof Repeat>;

/** The keys that decide whether, when and how often a step runs. All of them are left out of a plain Azure file. */
export const stepControlShape = {
  retries: Retries.optional(),
  limits: Limits.optional(),
  resources: Resources.optional(),
  reuse: ReusePolicy.optional(),
  /** Order without data. */
  depends_on: z.union([z.string().min(1), z.array(z.string().min(1))]).optional(),
  /** A condition: the step is skipped where it is false. */
  when: z.union([z.string().min(1), z.boolean()]).optional(),
  for_each: ForEach.optional(),
  repeat: Repeat.optional(),
};

/** How a step tries again, with every default filled in. Times in milliseconds. */
export interface RetryPolicy {
  readonly count: number;
  readonly backoffMs: number;
  readonly factor: number;
  readonly maxBackoffMs: number;
  readonly jitter: number;
  readonly on: readonly RetryEnding[];
  /** Null: every exit code but 0. */
  readonly exitCodes: readonly number[] | null;
}

export function retryPolicyOf(retries: Retries | undefined): RetryPolicy | null {
  const settings = typeof retries === 'number' ? { count: retries } : retries;
  if (settings === undefined || settings.count === 0) return null;
  const { count, backoff = 1, factor = 2, max_backoff = 300, jitter = 0.2, on = [...RetryEnding.options], exit_codes = null } = settings;
  return { count, backoffMs: backoff * 1000, factor, maxBackoffMs: max_backoff * 1000, jitter, on, exitCodes: exit_codes };
}

export function dependenciesOf({ depends_on: after }: { readonly depends_on?: string | readonly string[] | undefined }): readonly string[] {
  return after === undefined ? [] : typeof after === 'string' ? [after] : after;
}

const byteUnits: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  kb: 1000,
  kib: 1024,
  m: 1024 ** 2,
  mb: 1000 ** 2,
  mib: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1000 ** 3,
  gib: 1024 ** 3,
  t: 1024 ** 4,
  tb: 1000 ** 4,
  tib: 1024 ** 4,
};

/** `512 MB`, `2GiB`, `2g` or a number of bytes; null where it is none of them. */
export function parseBytes(text: string | number): number | null {
  const [, amount, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(text)) ?? [];
  const factor = Object.hasOwn(byteUnits, unit.toLowerCase()) ? byteUnits[unit.toLowerCase()] : undefined;
  return amount === undefined || factor === undefined ? null : Math.round(Number(amount) * factor);
}
