import { sql } from 'kysely';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { PageQuery } from '@pipewright/shared/http/page.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { FoundOutput, OutputStore, Page } from '../store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';

export class SqliteOutputs implements OutputStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async ofTypes(types: readonly PortType[], page: PageQuery): Promise<Page<FoundOutput>> {
    return toPage(await this.#newest(page).where('outputs.type', 'in', types).execute(), page);
  }

  #newest({ limit, cursor }: PageQuery) {
    const select = this.#db.read
      .selectFrom('outputs')
      .innerJoin('runs', 'runs.id', 'outputs.run_id')
      .select(['outputs.run_id', 'outputs.step', 'outputs.port', 'outputs.artifact', 'outputs.created_at'])
      .select('runs.pipeline_name')
      .orderBy('outputs.run_id', 'desc')
      .orderBy('outputs.step')
      .orderBy('outputs.port')
      .limit(limit + 1);
    if (cursor === undefined) return select;
    const [run = '', step = '', port = ''] = cursor.split('|');
    return select.where((where) => {
      const laterPort = where.and([where('outputs.step', '=', step), where('outputs.port', '>', port)]);
      const laterInRun = where.and([where('outputs.run_id', '=', Number(run)), where.or([where('outputs.step', '>', step), laterPort])]);
      return where.or([where('outputs.run_id', '<', Number(run)), laterInRun]);
    });
  }
}

/** When steps have completed. */
export async function storeOutputs(db: Db, run: number, steps: readonly StepRun[]): Promise<void> {
  const rows = steps.flatMap((step) => {
    if (step.status !== 'completed') return [];
    return Object.entries(step.outputs).map(([port, artifact]) => [step.key, port, artifact.type, JSON.stringify(artifact), step.endedAt]);
  });
  if (rows.length === 0) return;
  await sql`insert into outputs (run_id, step, port, type, artifact, created_at)
    select ${run}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(${JSON.stringify(rows)}) where true
    on conflict (run_id, step, port) do update set type = excluded.type, artifact = excluded.artifact, created_at = excluded.created_at`.execute(db);
}

interface OutputRow {
  run_id: number;
  pipeline_name: string;
  step: string;
  port: string;
  artifact: string;
  created_at: string;
}

function toPage(rows: readonly OutputRow[], { limit }: PageQuery): Page<FoundOutput> {
  const items = rows.slice(0, limit).map(toFound);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? `${last.run}|${last.step}|${last.port}` : null };
}

function toFound({ run_id, pipeline_name, step, port, artifact, created_at }: OutputRow): FoundOutput {
  const run = RunId.parse(String(run_id));
  return { run, pipelineName: pipeline_name, step, port, artifact: Artifact.parse(JSON.parse(artifact)), createdAt: created_at };
}
