import { sql, type Kysely } from 'kysely';

/**
 * One table for everything that has a name and a version, and which runs made and used what. The content of a version
 * (`record`) never changes; its texts and whether it is archived stand beside it. What earlier runs have put out under a
 * name becomes an asset like any other; where their pipelines gave no version, the run is it, as it was.
 */
const statements = [
  `alter table assets rename to assets_before`,
  `create table assets (
    number integer primary key autoincrement, kind text not null, name text not null, version text not null, type text,
    source text not null, content_hash text not null, created_at text not null, "by" text, archived_at text,
    display_name text, description text not null, tags text not null, run_id integer, step text, port text,
    record text not null, unique (kind, name, version)
  )`,
  `create index assets_by_run on assets (run_id) where run_id is not null`,
  `create table asset_labels (
    kind text not null, name text not null, label text not null, version text not null, primary key (kind, name, label)
  ) without rowid`,
  `create table asset_uses (
    asset integer not null references assets (number), role text not null, run_id integer not null references runs (id),
    step text not null, port text not null, steps integer not null, primary key (asset, role, run_id, step, port)
  ) without rowid`,
  `create index asset_uses_by_run on asset_uses (run_id, step)`,
  `create table output_registrations (
    run_id integer not null references runs (id), step text not null, port text not null, name text not null,
    version text, type text, primary key (run_id, step, port, name)
  ) without rowid`,
  `insert into output_registrations (run_id, step, port, name, version) select run_id, step, port, name, version from output_names`,

  `insert into assets (kind, name, version, type, source, content_hash, created_at, display_name, description, tags, record)
    select 'component', name, version, record ->> '$.component.type', source, content_hash, coalesce(record ->> '$.registeredAt', '1970-01-01T00:00:00.000Z'),
      record ->> '$.component.display_name', coalesce(record ->> '$.component.description', ''),
      coalesce(record -> '$.component.tags', '{}'), record
    from components order by number`,
  `insert into assets (kind, name, version, type, source, content_hash, created_at, display_name, description, tags, record)
    select 'environment', name, version, null, source, content_hash, '1970-01-01T00:00:00.000Z',
      null, coalesce(record ->> '$.environment.description', ''), coalesce(record -> '$.environment.tags', '{}'), record
    from environments order by number`,
  // A name that several runs have put out meant the newest of them, and what a person has registered came first.
  `insert or replace into assets (kind, name, version, type, source, content_hash, created_at, description, tags, run_id, step, port, record)
    select kind, name, version, type, source, type || ' ' || content, created_at, description, tags, run_id, step, port, record from (
      select kind, name, version, record ->> '$.type' as type, 'registered' as source,
        coalesce(record ->> '$.artifact.hash', record ->> '$.path') as content, created_at,
        coalesce(record ->> '$.description', '') as description, coalesce(record -> '$.tags', '{}') as tags,
        null as run_id, null as step, null as port,
        json_object('artifact', json(record -> '$.artifact'), 'path', record ->> '$.path', 'sizeBytes', record ->> '$.artifact.sizeBytes') as record
      from assets_before
      union all
      select iif(outputs.type in ('mlflow_model', 'custom_model', 'triton_model'), 'model', 'data'), output_names.name,
        coalesce(output_names.version, cast(outputs.run_id as text)), outputs.type, 'run', artifact ->> '$.hash', outputs.created_at, '', '{}',
        outputs.run_id, outputs.step, outputs.port,
        json_object('artifact', json(artifact), 'path', null, 'sizeBytes', artifact ->> '$.sizeBytes')
      from outputs join output_names using (run_id, step, port)
      where outputs.type in ('uri_file', 'uri_folder', 'mltable', 'mlflow_model', 'custom_model', 'triton_model', 'path')
        and not exists (select 1 from assets_before
          where assets_before.name = output_names.name and assets_before.version = coalesce(output_names.version, cast(outputs.run_id as text)))
    ) order by created_at`,
  `insert into asset_uses (asset, role, run_id, step, port, steps)
    select number, 'output', run_id, step, port, 1 from assets where run_id is not null`,
  `insert or ignore into asset_uses (asset, role, run_id, step, port, steps)
    select assets.number, 'component', run_documents.run_id, min(step.key), '', count(*)
    from run_documents, json_each(snapshot, '$.steps') as step
      join assets on assets.kind = 'component' and 'azureml:' || assets.name || ':' || assets.version = step.value ->> '$.componentReference'
    group by assets.number, run_documents.run_id`,
  `insert or ignore into asset_uses (asset, role, run_id, step, port, steps)
    select assets.number, 'input', run_documents.run_id, step.key, input.key, 1
    from run_documents, json_each(snapshot, '$.document.jobs') as step, json_each(step.value, '$.inputs') as input
      join assets on assets.kind in ('data', 'model') and 'azureml:' || assets.name || ':' || assets.version = input.value ->> '$.path'
    where input.type = 'object'`,

  `drop table assets_before`,
  `drop table components`,
  `drop table environments`,
  `drop table output_names`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
