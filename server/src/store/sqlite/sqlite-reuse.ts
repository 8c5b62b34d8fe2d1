import { sql } from 'kysely';
import { z } from 'zod';
import { Artifact } from '@pipewright/shared/run/artifact.ts';
import { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { FingerprintParts } from '../../engine/fingerprint.ts';
import type { DonorStep, EarlierStep, ReuseStore, StepIdentity } from '../store.ts';
import type { Connections } from './open-sqlite-store.ts';

/** More candidates than this are not worth looking at: the newest is there in all but rare cases. */
const mostDonors = 20;

interface DonorRow {
  hash: string;
  run_id: number;
  step: string;
  outputs: string;
}

const Outputs = z.record(z.string(), Artifact);

export class SqliteReuse implements ReuseStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async donors(fingerprints: readonly string[]): Promise<ReadonlyMap<string, readonly DonorStep[]>> {
    const found = new Map<string, DonorStep[]>();
    if (fingerprints.length === 0) return found;
    const { rows } = await sql<DonorRow>`select donors.hash, donors.run_id, donors.step, run_steps."row" -> '$.outputs' as outputs
      from donors join run_steps on run_steps.run_id = donors.run_id and run_steps.key = donors.step
      where donors.hash in (select value from json_each(${JSON.stringify(fingerprints)})) and run_steps.status = 'completed'
      order by donors.hash, donors.run_id desc`.execute(this.#db.read);
    for (const { hash, run_id, step, outputs } of rows) {
      const donors = found.get(hash) ?? [];
      found.set(hash, donors);
      if (donors.length < mostDonors) donors.push({ donor: { run: String(run_id), step }, outputs: Outputs.parse(JSON.parse(outputs)) });
    }
    return found;
  }

  async nearest(step: StepIdentity): Promise<EarlierStep | undefined> {
    const { lineage, component } = step;
    const sameStep = await this.#earlier(step.exceptRun)
      .where('fingerprints.lineage', '=', lineage)
      .where('fingerprints.step', '=', step.step)
      .executeTakeFirst();
    if (sameStep || component === null) return sameStep && toEarlier(sameStep);
    const sameComponent = await this.#earlier(step.exceptRun).where('fingerprints.component', '=', component).executeTakeFirst();
    return sameComponent && toEarlier(sameComponent);
  }

  async newestCompleted({ lineage, step, exceptRun }: Pick<StepIdentity, 'lineage' | 'step' | 'exceptRun'>): Promise<DonorStep | undefined> {
    const row = await this.#earlier(exceptRun)
      .where('fingerprints.lineage', '=', lineage)
      .where('fingerprints.step', '=', step)
      .where('run_steps.status', 'in', ['completed', 'reused'])
      .executeTakeFirst();
    const earlier = row && StepRun.parse(JSON.parse(row.row));
    if (!row || (earlier?.status !== 'completed' && earlier?.status !== 'reused')) return undefined;
    // A reused one names the run that has the bytes.
    const donor = earlier.status === 'reused' ? earlier.donor : { run: String(row.run_id), step: row.step };
    return { donor, outputs: earlier.outputs };
  }

  #earlier(exceptRun: string | undefined) {
    return this.#db.read
      .selectFrom('fingerprints')
      .innerJoin('run_steps', (join) => join.onRef('run_steps.run_id', '=', 'fingerprints.run_id').onRef('run_steps.key', '=', 'fingerprints.step'))
      .select(['fingerprints.run_id', 'fingerprints.step', 'fingerprints.hash', 'fingerprints.parts', 'run_steps.row'])
      .where('fingerprints.run_id', '<>', Number(exceptRun ?? 0))
      .orderBy('fingerprints.run_id', 'desc')
      .limit(1);
  }
}

function toEarlier(row: { run_id: number; step: string; hash: string; parts: string; row: string }): EarlierStep {
  const earlier = StepRun.parse(JSON.parse(row.row));
  return {
    donor: { run: String(row.run_id), step: row.step },
    hash: row.hash,
    parts: Parts.parse(JSON.parse(row.parts)),
    status: earlier.status,
    durationMs: earlier.status === 'completed' ? Date.parse(earlier.endedAt) - Date.parse(earlier.startedAt) : null,
  };
}

/** Checked as far as the comparison relies on it. */
const Parts: z.ZodType<FingerprintParts> = z.object({
  command: z.string(),
  interface: z.object({ inputs: z.record(z.string(), z.string()), outputs: z.record(z.string(), z.string()) }),
  code: z.record(z.string(), z.string()).nullable(),
  environment: z.object({ python: z.string().nullable(), requirements: z.array(z.string()), variables: z.record(z.string(), z.string()) }).nullable(),
  inputs: z.record(
    z.string(),
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('literal'), value: z.union([z.string(), z.number(), z.boolean()]) }),
      z.object({ kind: z.literal('data'), hash: z.string() }),
      z.object({ kind: z.literal('absent') }),
    ]),
  ),
  environmentVariables: z.record(z.string(), z.string()),
  compute: z.string(),
});
