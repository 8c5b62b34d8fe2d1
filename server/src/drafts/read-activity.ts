import type { Activity, ActivityQuery } from '@pipewright/shared/http/activity.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { DraftRecord, Page, Store } from '../store/store.ts';
import { groupEdits } from './group-edits.ts';

/** Of runs and of comments so many are looked at, the newest. */
const most = 500;

/**
 * What happened to a draft, newest first. Edits set the pace of the pages: with those of a page comes all else that
 * happened in their time, with the last page what is older. Edits are kept for some thousand revisions.
 */
export async function readActivity(store: Store, id: DraftId, { limit, cursor }: ActivityQuery): Promise<Page<Activity> | undefined> {
  const record = await store.drafts.get(id);
  if (!record) return undefined;
  const [revision, until] = cursor?.split('|') ?? [];
  const before = revision === undefined ? record.revision + 1 : Number(revision);
  const read = await store.drafts.editsBefore(id, before, limit + 1);
  const edits = read.slice(0, limit);
  const last = read.length > limit ? edits.at(-1) : undefined;
  const others = (await readOthers(store, record)).filter(({ at }) => (until === undefined || at < until) && (last === undefined || at >= last.at));
  const groups = groupEdits(edits, {
    renames: await store.drafts.renamesSince(id, before),
    breaks: others.map(({ at }) => at),
  });
  const items = [...groups, ...others].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return { items, nextCursor: last ? `${last.revision}|${last.at}` : null };
}

async function readOthers(store: Store, { id, by, createdAt, from }: DraftRecord): Promise<Activity[]> {
  const [checkpoints, runs, published, comments] = await Promise.all([
    store.drafts.checkpoints(id),
    store.runs.list({ draft: id, limit: most }),
    store.pipelines.ofDraft(id, null),
    store.comments.list(id, { limit: most }),
  ]);
  return [
    { kind: 'created', at: createdAt, by, from },
    // Those of runs, and those that were kept by themselves, are nothing that anybody did.
    ...checkpoints.flatMap((kept): Activity[] =>
      kept.kind === 'named' ? [{ kind: 'version', at: kept.at, by: kept.by, checkpoint: kept.id, name: kept.name }] : [],
    ),
    ...runs.items.map((run): Activity => ({ kind: 'run', at: run.queuedAt, by: run.by, run: run.id, status: run.status, name: run.name })),
    ...published.map((version): Activity => ({ kind: 'published', at: version.publishedAt, by: version.by, name: version.name, version: version.version })),
    ...comments.items.flatMap(({ step, messages }) =>
      messages.map((message, index): Activity => ({ kind: 'comment', at: message.at, by: message.by, step, isAnswer: index > 0 })),
    ),
  ];
}
