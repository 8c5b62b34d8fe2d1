import type { Generated } from 'kysely';

/** Rows as SQLite holds them; `migrations/` makes them. */
export interface Tables {
  runs: RunsTable;
  run_documents: { run_id: number; snapshot: string; inputs: string; plan: string; text_hash: string | null };
  donors: { hash: string; run_id: number; step: string };
  run_steps: { run_id: number; key: string; position: number; status: string; row: string };
  run_events: { run_id: number; seq: number; event: string };
  run_effects: { number: Generated<number>; run_id: number; id: string; effect: string };
  outputs: { run_id: number; step: string; port: string; type: string; artifact: string; created_at: string };
  /** What a pipeline registers of what its steps put out, written when the run is made. */
  output_registrations: { run_id: number; step: string; port: string; name: string; version: string | null; type: string | null };
  fingerprints: { run_id: number; step: string; lineage: string; component: string | null; hash: string; parts: string };
  drafts: DraftsTable;
  draft_edits: { draft_id: string; revision: number; mutation_id: string; edit: string };
  checkpoints: { draft_id: string; id: string; checkpoint: string; content: string; text_hash: string | null };
  comment_threads: CommentThreadsTable;
  comment_messages: CommentMessagesTable;
  pipelines: { number: Generated<number>; name: string; version: string; content_hash: string; record: string; text_hash: string | null };
  assets: AssetsTable;
  asset_labels: { kind: string; name: string; label: string; version: string };
  asset_uses: { asset: number; role: string; run_id: number; step: string; port: string; steps: number };
  experiments: ExperimentsTable;
  tracked_runs: TrackedRunsTable;
  metrics: MetricColumns & { number: Generated<number>; model_id: string | null; dataset: string | null };
  last_metrics: MetricColumns;
  tracked_values: { tracked_id: string; kind: 'param' | 'tag'; name: string; value: string };
  tracked_links: { tracked_id: string; kind: 'dataset' | 'model-input' | 'model-output'; name: string; record: string };
  logged_models: LoggedModelsTable;
  registered_models: { name: string; created_at: number; updated_at: number; description: string; tags: string };
  model_versions: ModelVersionsTable;
  settings: { key: string; value: string };
  texts: { hash: string; text: string };
}

export interface RunsTable {
  id: Generated<number>;
  name: string;
  pipeline_name: string;
  experiment: string;
  status: string;
  origin: string;
  lineage: string;
  draft_id: string | null;
  by: string;
  part: string | null;
  queued_at: string;
  ended_at: string | null;
  counts: string;
  error: string | null;
  last_seq: number;
}

export interface CommentThreadsTable {
  id: string;
  draft_id: string;
  step: string | null;
  updated_at: string;
  resolved_by: string | null;
  resolved_at: string | null;
}

export interface CommentMessagesTable {
  number: Generated<number>;
  id: string;
  thread_id: string;
  by: string;
  at: string;
  edited_at: string | null;
  text: string;
  mentions: string;
}

export interface DraftsTable {
  id: string;
  revision: number;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
  by: string;
  folder: string | null;
  from: string | null;
  document: string;
  layout: string;
  text_hash: string | null;
}

/** Everything that has a name and a version. `record` holds its content, which never changes. */
export interface AssetsTable {
  number: Generated<number>;
  kind: string;
  name: string;
  version: string;
  type: string | null;
  source: string;
  content_hash: string;
  created_at: string;
  by: string | null;
  archived_at: string | null;
  display_name: string | null;
  description: string;
  tags: string;
  /** What it was made from. */
  run_id: number | null;
  step: string | null;
  port: string | null;
  record: string;
}

export interface ExperimentsTable {
  id: Generated<number>;
  name: string;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
  tags: string;
}

export interface TrackedRunsTable {
  id: string;
  experiment_id: number;
  run_id: number | null;
  step: string | null;
  attempt: number | null;
  parent: string | null;
  name: Generated<string>;
  started_at: number;
  ended_at: number | null;
  status: string;
  deleted_at: number | null;
}

export interface MetricColumns {
  tracked_id: string;
  name: string;
  value: number | null;
  special: string | null;
  at: number;
  step: number;
}

interface LoggedModelsTable {
  number: Generated<number>;
  id: string;
  experiment_id: number;
  tracked_id: string | null;
  deleted_at: number | null;
  record: string;
}

interface ModelVersionsTable {
  name: string;
  version: string;
  tracked_id: string | null;
  model_id: string | null;
  source: string;
  stage: string;
  updated_at: number;
}
