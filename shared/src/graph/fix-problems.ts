import { applyDraftOps } from '../draft/apply-draft-ops.ts';
import type { DraftContent, DraftOp } from '../draft/draft-op.ts';
import { targetOf } from '../draft/op-target.ts';
import type { Problem } from './problem.ts';

/** A fix that was made: the problem that asked for it, and what it changes. */
export interface MadeFix {
  readonly problem: Problem;
  readonly text: string;
}

export interface FixedProblems {
  readonly ops: readonly DraftOp[];
  readonly made: readonly MadeFix[];
  /** What is wrong after that. */
  readonly left: readonly Problem[];
}

interface FixOptions {
  readonly find: (content: DraftContent) => readonly Problem[];
  /** Fixes that are not wanted, by the name of their problem (`problemId`). */
  readonly without?: ReadonlySet<string>;
  /** Where the steps stand that a fix adds. */
  readonly place?: (content: DraftContent, ops: readonly DraftOp[]) => readonly DraftOp[];
}

/** One fix may bring another problem to light; more rounds than this are a circle. */
const mostRounds = 10;

/** Names a problem as long as nothing about it changes. */
export const problemId = ({ code, step = '', port = '', message }: Problem): string => [code, step, port, message].join('\n');

/**
 * Everything that can be mended, one fix after the other. A fix is left for the next round when one before it has
 * written to the same place, because it was thought out without knowing of that.
 */
export function fixProblems(
  content: DraftContent,
  problems: readonly Problem[],
  { find, without = new Set(), place = (_, ops) => ops }: FixOptions,
): FixedProblems {
  const ops: DraftOp[] = [];
  const made: MadeFix[] = [];
  const tried = new Set(without);
  let [current, left] = [content, problems];
  for (let round = 0; round < mostRounds; round += 1) {
    const written = new Set<string>();
    const before = made.length;
    for (const problem of left) {
      const { fix } = problem;
      if (!fix?.ops || tried.has(problemId(problem)) || fix.ops.some((op) => written.has(targetOf(op)))) continue;
      tried.add(problemId(problem));
      const placed = place(current, fix.ops);
      const applied = applyDraftOps(current, placed);
      if (!applied.ok) continue;
      current = applied.content;
      for (const op of placed) written.add(targetOf(op));
      ops.push(...placed);
      made.push({ problem, text: fix.text });
    }
    if (made.length === before) break;
    left = find(current);
  }
  return { ops, made, left };
}
