import { statSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';

/** By what a change of the machine's own Python is noticed without asking it. */
export const HostSigns = z.object({
  /** The variable by which it is found. */
  path: z.string(),
  /** The interpreter and the folders of its packages, each with the time of its last change. */
  changedAt: z.record(z.string(), z.number()),
});
export type HostSigns = z.infer<typeof HostSigns>;

export function hostSigns(paths: readonly string[]): HostSigns {
  const times = paths.map((path) => [path, statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0] as const);
  return { path: process.env['PATH'] ?? '', changedAt: Object.fromEntries(times) };
}

export const areStill = (signs: HostSigns): boolean => canonicalJson(signs) === canonicalJson(hostSigns(Object.keys(signs.changedAt)));
