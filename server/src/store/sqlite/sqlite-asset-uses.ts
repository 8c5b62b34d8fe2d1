import { sql } from 'kysely';
import { z } from 'zod';
import { AssetKind, AssetRole } from '@pipewright/shared/asset/asset.ts';
import { DataType, isDataType } from '@pipewright/shared/component/port-type.ts';
import type { PageQuery } from '@pipewright/shared/http/page.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { assetsUsedIn, registrationsIn } from '@pipewright/shared/run/assets-of-run.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { RunStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { assetOfOutput, type AssetInRun, type AssetName, type AssetUse } from '../asset-store.ts';
import type { Page } from '../store.ts';
import type { Db } from './open-sqlite-store.ts';
import { registerBytes } from './sqlite-asset-rows.ts';

/** When a run is made: which assets stand in it, and what its pipeline will register, should it come to be. */
export async function storeAssetsOfRun(db: Db, run: number, snapshot: RunSnapshot): Promise<void> {
  const used = assetsUsedIn(snapshot).map(({ kind, name, version, role, step, port, steps }) => [kind, name, version, role, step, port, steps]);
  if (used.length > 0) {
    await sql`insert or ignore into asset_uses (asset, role, run_id, step, port, steps)
      select assets.number, value ->> 3, ${run}, value ->> 4, value ->> 5, value ->> 6 from json_each(${JSON.stringify(used)})
        join assets on assets.kind = value ->> 0 and assets.name = value ->> 1 and assets.version = value ->> 2`.execute(db);
  }
  const registrations = registrationsIn(snapshot).map(({ step, port, name, version, type }) => [step, port, name, version, type]);
  if (registrations.length > 0) {
    await sql`insert or ignore into output_registrations (run_id, step, port, name, version, type)
      select ${run}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(${JSON.stringify(registrations)})`.execute(db);
  }
}

/** When steps have completed, or been reused: what they put out gets the names that their pipeline gives it. */
export async function storeRegistrations(db: Db, run: number, steps: readonly StepRun[]): Promise<void> {
  const done = new Map(steps.flatMap((step) => (step.status === 'completed' || step.status === 'reused' ? [[step.key, step] as const] : [])));
  if (done.size === 0) return;
  const { rows } = await sql<{ step: string; port: string; name: string; version: string | null; type: string | null; by: string }>`
    select step, port, output_registrations.name, version, type, runs."by" from output_registrations join runs on runs.id = run_id
    where run_id = ${run} and step in (select value from json_each(${JSON.stringify([...done.keys()])})) order by step, port, output_registrations.name`.execute(
    db,
  );
  for (const { step, port, name, version, type: said, by } of rows) {
    const row = done.get(step);
    const artifact = row?.outputs[port];
    const type = DataType.safeParse(said ?? artifact?.type);
    if (!row || !artifact || !type.success || !isDataType(artifact.type)) continue;
    const named = { name, version, by, createdAt: row.endedAt, origin: { run: String(run), step, port }, artifact: { ...artifact, type: type.data } };
    // What is to have an exact version has it since before the step was done, and is found unchanged.
    await registerBytes(db, assetOfOutput(named));
  }
}

interface UseRow {
  role: string;
  version: string;
  run_id: number;
  run_name: string;
  status: string;
  at: string;
  step: string;
  port: string;
  steps: number;
  asset: number;
}

/** Run, asset, step and port of the last row of a page. */
const Cursor = z.tuple([z.coerce.number(), z.coerce.number(), z.string(), z.string()]);

/** Newest run first. */
export async function usesOf(
  db: Db,
  { kind, name, version, roles }: AssetName & { readonly version: string | null; readonly roles: readonly AssetRole[] },
  { limit, cursor }: PageQuery,
): Promise<Page<AssetUse>> {
  const [run, asset, step, port] = Cursor.safeParse(cursor?.split('|')).data ?? [];
  const after = run === undefined ? sql`` : sql`and (-asset_uses.run_id, asset, asset_uses.step, asset_uses.port) > (${-run}, ${asset}, ${step}, ${port})`;
  const ofVersion = version === null ? sql`` : sql`and assets.version = ${version}`;
  const { rows } = await sql<UseRow>`
    select role, assets.version, asset_uses.run_id, runs.name as run_name, runs.status, runs.queued_at as at,
      asset_uses.step, asset_uses.port, steps, asset
    from assets join asset_uses on asset_uses.asset = assets.number join runs on runs.id = asset_uses.run_id
    where assets.kind = ${kind} and assets.name = ${name} ${ofVersion} and role in (select value from json_each(${JSON.stringify(roles)})) ${after}
    order by asset_uses.run_id desc, asset, asset_uses.step, asset_uses.port limit ${limit + 1}`.execute(db);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: rows.slice(0, limit).map(toUse), nextCursor: last ? [last.run_id, last.asset, last.step, last.port].join('|') : null };
}

function toUse({ role, version, run_id, run_name, status, at, step, port, steps }: UseRow): AssetUse {
  return {
    role: AssetRole.parse(role),
    version,
    run: RunId.parse(String(run_id)),
    runName: run_name,
    status: RunStatus.parse(status),
    at,
    step,
    port,
    steps,
  };
}

export async function usesInRun(db: Db, run: RunId, step: string | undefined): Promise<readonly AssetInRun[]> {
  const ofStep = step === undefined ? sql`` : sql`and asset_uses.step = ${step}`;
  const { rows } = await sql<{ kind: string; name: string; version: string; role: string; step: string; port: string }>`
    select kind, name, version, role, asset_uses.step, asset_uses.port from asset_uses join assets on assets.number = asset
    where asset_uses.run_id = ${Number(run)} ${ofStep} and role in ('input', 'output') order by asset_uses.step, role, asset_uses.port, number`.execute(db);
  return rows.map(({ kind, role, ...row }) => ({ ...row, kind: AssetKind.parse(kind), role: AssetRole.parse(role) }));
}
