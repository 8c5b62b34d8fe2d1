import { describe, expect, it } from 'vitest';
import { RunId } from '@pipewright/shared/ids.ts';
import { countStatuses } from '@pipewright/shared/run/step-run.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import type { RunEffect } from '../engine/run-effect.ts';
import { initialSteps } from '../engine/run-state.ts';
import { createLogger } from '../logger.ts';
import type { RunTurn, Store } from '../store/store.ts';
import { snapshotOf } from '../testing/snapshot-builder.ts';
import { RunActor, type ActorParts, type Happening } from './run-actor.ts';

const at = '2026-01-01T00:00:00.000Z';
const isQuestion = ({ type }: RunEffect): boolean => type === 'decideStep' || type === 'prepareStep';
const reused = (step: string): Happening => ({ type: 'step:reuse-found', step, donor: { run: '1', step }, outputs: {}, reasons: [] });

/** An actor over as many steps that wait for nothing, with a memory of what was stored, asked and performed. */
function actorOf(count: number, answer: (questions: readonly RunEffect[], actor: RunActor) => readonly Happening[]) {
  const snapshot = snapshotOf(Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, {}])));
  const turns: RunTurn[] = [];
  const asked: string[] = [];
  const performed: string[] = [];
  const store = { runs: { append: async (_run: RunId, turn: RunTurn) => void turns.push(turn) } } as unknown as Store;
  const parts: ActorParts = {
    store,
    now: () => at,
    logger: createLogger('silent'),
    committed: () => undefined,
    isQuestion,
    answer: async (questions, actor) => {
      asked.push(...questions.map(({ step }) => step));
      return answer(questions, actor);
    },
    perform: ({ type, step }) => void performed.push(`${type} ${step}`),
  };
  const summary: RunSummary = {
    id: RunId.parse('1'),
    name: 'a run',
    pipelineName: 'a pipeline',
    experiment: 'e',
    status: 'queued',
    origin: { kind: 'file', file: '/p.yml' },
    by: 'Ada',
    queuedAt: at,
    endedAt: null,
    counts: countStatuses(initialSteps(snapshot)),
    error: null,
    lastSeq: 0,
  };
  return { actor: new RunActor(parts, { summary, snapshot, history: [] }), turns, asked, performed };
}

describe('a turn', () => {
  it('answers what it can, stores it in few pieces, and leaves nothing to be performed', async () => {
    const { actor, turns, asked, performed } = actorOf(1200, (questions) => questions.map(({ step }) => reused(step)));
    actor.send({ type: 'run:submitted' });
    expect((await actor.ended).status).toBe('completed');
    expect([new Set(asked).size, asked.length]).toEqual([1200, 1200]);
    expect(turns.length).toBeLessThan(6);
    expect(turns.map(({ events }) => events.length).every((length) => length < 700)).toBe(true);
    // What one turn stored as asked, a later one has answered.
    const answered = new Set(turns.flatMap((turn) => turn.answered));
    expect(turns.flatMap(({ effects }) => effects.map(({ step }) => `decideStep:${step}`)).every((id) => answered.has(id))).toBe(true);
    expect(performed).toEqual([]);
  });

  it('has performed what could not be answered at once, each question once', async () => {
    const { actor, performed } = actorOf(600, () => []);
    actor.send({ type: 'run:submitted' });
    await actor.close();
    expect(performed.toSorted()).toEqual(Array.from({ length: 600 }, (_, index) => `decideStep s${index}`).toSorted());
  });

  it('asks nothing of steps that were cancelled before their question was put', async () => {
    const { actor, asked, performed } = actorOf(1200, (questions, run) => {
      run.send({ type: 'run:cancel-requested', by: 'Ada' });
      return questions.map(({ step }) => reused(step));
    });
    actor.send({ type: 'run:submitted' });
    expect((await actor.ended).status).toBe('cancelled');
    expect(asked.length).toBeLessThan(700);
    expect(performed).toEqual([]);
  });
});
