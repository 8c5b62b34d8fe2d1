import { sql } from 'kysely';
import { z } from 'zod';
import { Artifact } from '@pipewright/shared/run/artifact.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { FingerprintParts } from '../../engine/fingerprint.ts';
import type { DonorCandidate, DonorStep, EarlierStep, ReuseStore, StepIdentity } from '../store.ts';
import type { Connections } from './open-sqlite-store.ts';

/** More candidates than this are not worth looking at: the newest is there in all but rare cases. */
const mostDonors = 20;

interface DonorRow {
  hash: string;
  run_id: number;
  step: string;
  outputs: string;
  lock: string | null;
}

const Outputs = z.record(z.string(), Artifact);

export class SqliteReuse implements ReuseStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async donors(fingerprints: readonly string[]): Promise<ReadonlyMap<string, readonly DonorCandidate[]>> {
    const found = new Map<string, DonorCandidate[]>();
    if (fingerprints.length === 0) return found;
    // Of something that was done a thousand times, a thousand rows are not read.
    const { rows } = await sql<DonorRow>`with ranked as (
        select hash, run_id, step, row_number() over (partition by hash order by run_id desc) as place
        from donors where hash in (select value from json_each(${JSON.stringify(fingerprints)})))
      select ranked.hash, ranked.run_id, ranked.step, run_steps."row" -> '$.outputs' as outputs, run_steps."row" ->> '$.lock' as lock
      from ranked join run_steps on run_steps.run_id = ranked.run_id and run_steps.key = ranked.step
      where ranked.place <= ${mostDonors} and run_steps.status = 'completed'
      order by ranked.hash, ranked.run_id desc`.execute(this.#db.read);
    for (const { hash, run_id, step, outputs, lock } of rows) {
      const donors = found.get(hash) ?? [];
      found.set(hash, donors);
      donors.push({ donor: { run: String(run_id), step }, outputs: Outputs.parse(JSON.parse(outputs)), lock });
    }
    return found;
  }

  async nearest({ lineage, step, component, exceptRun = RunId.parse('0') }: StepIdentity): Promise<EarlierStep | undefined> {
    const except = Number(exceptRun);
    const inLineage = await sql<EarlierRow>`${earlier} where fingerprints.lineage = ${lineage} and fingerprints.step = ${step}
      and fingerprints.run_id <> ${except} order by fingerprints.run_id desc limit 1`.execute(this.#db.read);
    const [sameStep] = inLineage.rows;
    if (sameStep || component === null) return sameStep && toEarlier(sameStep);
    const anywhere = await sql<EarlierRow>`${earlier} where fingerprints.component = ${component}
      and fingerprints.run_id <> ${except} order by fingerprints.run_id desc limit 1`.execute(this.#db.read);
    const [sameComponent] = anywhere.rows;
    return sameComponent && toEarlier(sameComponent);
  }

  async newestCompleted({ lineage, step, exceptRun = RunId.parse('0') }: Pick<StepIdentity, 'lineage' | 'step' | 'exceptRun'>): Promise<DonorStep | undefined> {
    const { rows } = await sql<EarlierRow>`${earlier} where fingerprints.lineage = ${lineage} and fingerprints.step = ${step}
      and fingerprints.run_id <> ${Number(exceptRun)} and run_steps.status in ('completed', 'reused')
      order by fingerprints.run_id desc limit 1`.execute(this.#db.read);
    const [row] = rows;
    const found = row && StepRun.parse(JSON.parse(row.row));
    if (!row || (found?.status !== 'completed' && found?.status !== 'reused')) return undefined;
    // A reused one names the run that has the bytes.
    const donor = found.status === 'reused' ? found.donor : { run: String(row.run_id), step: row.step };
    return { donor, outputs: found.outputs };
  }
}

interface EarlierRow {
  run_id: number;
  step: string;
  hash: string;
  parts: string;
  row: string;
}

const earlier = sql`select fingerprints.run_id, fingerprints.step, fingerprints.hash, fingerprints.parts, run_steps."row"
  from fingerprints join run_steps on run_steps.run_id = fingerprints.run_id and run_steps.key = fingerprints.step`;

function toEarlier(row: EarlierRow): EarlierStep {
  const step = StepRun.parse(JSON.parse(row.row));
  return {
    donor: { run: String(row.run_id), step: row.step },
    hash: row.hash,
    parts: Parts.parse(JSON.parse(row.parts)),
    status: step.status,
    durationMs: step.status === 'completed' ? Date.parse(step.endedAt) - Date.parse(step.startedAt) : null,
  };
}

/** Checked as far as the comparison relies on it. */
const Parts: z.ZodType<FingerprintParts> = z.object({
  command: z.string(),
  interface: z.object({ inputs: z.record(z.string(), z.string()), outputs: z.record(z.string(), z.string()) }),
  code: z.record(z.string(), z.string()).nullable(),
  environment: z
    .object({
      python: z.string().nullable(),
      requirements: z.array(z.string()),
      variables: z.record(z.string(), z.string()),
      resolution: z.literal('strict').optional(),
    })
    .nullable(),
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
