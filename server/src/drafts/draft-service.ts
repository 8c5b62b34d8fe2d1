import { createHash, randomBytes } from 'node:crypto';
import { relative } from 'node:path';
import type { Component } from '@pipewright/shared/component/component.ts';
import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { contentOf, type DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { layeredPositions } from '@pipewright/shared/graph/layered-positions.ts';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import { thumbnailOf } from '@pipewright/shared/graph/thumbnail-of.ts';
import type {
  ComponentVersion,
  Draft,
  DraftConflict,
  DraftEdit,
  DraftInside,
  DraftOpsAccepted,
  DraftOpsRequest,
  DraftSummary,
  KeptContent,
} from '@pipewright/shared/http/drafts.ts';
import type { PageQuery } from '@pipewright/shared/http/page.ts';
import type { PublishPipeline } from '@pipewright/shared/http/pipelines.ts';
import { DraftId } from '@pipewright/shared/ids.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { pipelineTitle } from '@pipewright/shared/pipeline/pipeline-title.ts';
import { extensionKey, splitLayout } from '@pipewright/shared/yaml/read-pipeline.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';
import { findComponents } from '../resolve/find-components.ts';
import { openScope, sourceOfStep, validationOfScope } from '../resolve/pipeline-scope.ts';
import type { Clock } from '../scheduler/effect-context.ts';
import type { DraftRecord, NewDraft, Page, PublishOutcome, Store } from '../store/store.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';

export interface DraftParts {
  readonly store: Store;
  readonly components: ComponentRegistry;
  readonly clock: Clock;
}

export interface NewDraftContent extends DraftContent {
  readonly folder: string | null;
  readonly from: string | null;
  readonly by: string;
}

export type SaveAnswer =
  | { readonly kind: 'saved'; readonly accepted: DraftOpsAccepted }
  | { readonly kind: 'conflict'; readonly conflict: DraftConflict }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'archived' | 'unknown' };

export type PublishAnswer =
  | PublishOutcome
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'moved-on'; readonly revision: number };

export interface DraftListener {
  draftEdited(id: DraftId, edit: DraftEdit): void;
}

/** Everything that may be done with drafts: the editor's work, kept by the server as the only writer of record. */
export class DraftService {
  readonly #parts: DraftParts;
  readonly #checkpoints: CheckpointKeeper;
  readonly #listeners = new Set<DraftListener>();
  /** Per draft, the save under way: edits are computed from what the one before has stored. */
  readonly #saving = new Map<string, Promise<unknown>>();

  constructor(parts: DraftParts) {
    this.#parts = parts;
    this.#checkpoints = new CheckpointKeeper(parts);
  }

  listen(listener: DraftListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async create(draft: NewDraftContent): Promise<DraftRecord> {
    return await this.#parts.store.drafts.create(this.#newDraft(draft));
  }

  /** The draft that is there already and was made from the same, or this one. */
  async createOnceFrom(draft: NewDraftContent & { readonly from: string }): Promise<DraftId> {
    return await this.#parts.store.drafts.createOnceFrom({ ...this.#newDraft(draft), from: draft.from });
  }

  #newDraft(draft: NewDraftContent): NewDraft {
    const { document, folder, from, by, text } = draft;
    const isPlaced = Object.keys(document.jobs).every((key) => draft.layout.steps[key] !== undefined);
    const layout = isPlaced ? draft.layout : { ...draft.layout, steps: { ...layeredPositions(document), ...draft.layout.steps } };
    const id = DraftId.parse(randomBytes(6).toString('base64url').replaceAll(/[-_]/g, 'x'));
    const content = contentOf({ document: asDraft(document), layout, text });
    return { id, ...content, folder, from, by, createdAt: this.#now() };
  }

  async open(id: DraftId): Promise<Draft | undefined> {
    const record = await this.#parts.store.drafts.get(id);
    if (!record) return undefined;
    const { lookup, problems } = await this.#check(record);
    const { revision, updatedAt } = record;
    const lastRun = await this.#lastRun(id);
    const editedComponent = editedIn(record);
    return { id, name: nameOfDraft(record), revision, ...contentOf(record), components: lookup, problems, lastRun, editedComponent, updatedAt };
  }

  async list(query: PageQuery): Promise<Page<DraftSummary>> {
    const page = await this.#parts.store.drafts.list(query);
    const runs = await this.#parts.store.runs.lastOfDrafts(page.items.map(({ id }) => id));
    const items: DraftSummary[] = [];
    for (const record of page.items) {
      const { lookup, problems } = await this.#check(record);
      const last = runs.get(record.id);
      items.push({
        id: record.id,
        name: nameOfDraft(record),
        revision: record.revision,
        createdAt: record.createdAt,
        updatedAt: record.updatedAt,
        by: record.by,
        from: record.from,
        stepCount: Object.keys(record.document.jobs).length,
        problemCount: problems.filter(({ severity, code }) => severity === 'error' && code !== 'no-steps').length,
        lastRun: last ? { id: last.id, status: last.status } : null,
        thumbnail: thumbnailOf(record, lookup),
      });
    }
    return { items, nextCursor: page.nextCursor };
  }

  /** Applies operations if the draft still stands at `revision`; a repeated mutation answers as it did the first time. */
  async save(id: DraftId, request: DraftOpsRequest & { readonly revision: number; readonly by: string }): Promise<SaveAnswer> {
    const before = this.#saving.get(id) ?? Promise.resolve();
    const work = before.then(async () => await this.#save(id, request));
    const settled = work.catch(() => undefined);
    this.#saving.set(id, settled);
    void settled.then(() => this.#saving.get(id) === settled && this.#saving.delete(id));
    return await work;
  }

  /** What is kept of a draft at other times. */
  get checkpoints(): CheckpointKeeper {
    return this.#checkpoints;
  }

  /** A content of another time, as a canvas draws it. */
  async keptContent(content: DraftContent, folder: string | null): Promise<KeptContent> {
    const { lookup } = await findComponents(this.#parts.components, content.document, folder);
    return { ...contentOf(content), components: lookup };
  }

  async publish(request: PublishPipeline, by: string): Promise<PublishAnswer> {
    const record = await this.#parts.store.drafts.get(DraftId.parse(request.draft));
    if (!record) return { kind: 'unknown' };
    if (record.revision !== request.revision) return { kind: 'moved-on', revision: record.revision };
    const { lookup, problems } = await this.#check(record);
    if (hasErrors(problems)) return { kind: 'problems', problems };
    const { document, layout, folder, text } = record;
    return await this.#parts.store.pipelines.publish({
      name: request.name,
      version: request.version,
      displayName: nameOfDraft(record),
      draft: record.id,
      description: request.description ?? document.description ?? '',
      stepCount: Object.keys(document.jobs).length,
      by,
      publishedAt: this.#now(),
      thumbnail: thumbnailOf(record, lookup),
      document,
      layout,
      // As it would be exported: what it says otherwise than the document is no other version.
      text: text === undefined ? undefined : writePipeline(contentOf(record)),
      folder,
      contentHash: createHash('sha256').update(canonicalJson({ document, layout })).digest('hex'),
    });
  }

  async #save(id: DraftId, request: DraftOpsRequest & { readonly revision: number; readonly by: string }): Promise<SaveAnswer> {
    const { store } = this.#parts;
    const record = await store.drafts.get(id);
    if (!record) return { kind: (await store.drafts.isArchived(id)) ? 'archived' : 'unknown' };
    const applied = applyDraftOps(record, request.ops);
    const isCurrent = record.revision === request.revision;
    if (isCurrent && !applied.ok) return { kind: 'refused', message: `Operation ${applied.index + 1}: ${applied.message}.` };
    const content = applied.ok ? applied.content : record;
    const { clientId, mutationId, ops, by } = request;
    const edit: DraftEdit = { revision: request.revision + 1, clientId, mutationId, by, at: this.#now(), ops };
    const outcome = await store.drafts.save(id, edit, contentOf(content));
    switch (outcome.kind) {
      case 'saved': {
        for (const listener of this.#listeners) listener.draftEdited(id, edit);
        await this.#checkpoints.keepInPassing(record, by);
        const { problems } = await this.#check({ ...record, ...content });
        return { kind: 'saved', accepted: { revision: edit.revision, problems } };
      }
      case 'repeated': {
        const { problems } = await this.#check(record);
        return { kind: 'saved', accepted: { revision: outcome.revision, problems } };
      }
      case 'conflict': {
        const opsSince = await store.drafts.editsAfter(id, request.revision);
        return { kind: 'conflict', conflict: { currentRevision: outcome.currentRevision, opsSince: [...(opsSince ?? [])], full: opsSince === undefined } };
      }
      default:
        return { kind: outcome.kind };
    }
  }

  /** The pipeline that a step is, or one further down (`outer/inner`). */
  async inside(id: DraftId, key: string): Promise<DraftInside | undefined> {
    const record = await this.#parts.store.drafts.get(id);
    if (!record) return undefined;
    let scope = await openScope(this.#parts.components, record.document, record.folder);
    const way = [{ key: '', title: nameOfDraft(record) }];
    for (const part of key.split('/')) {
      const inner = scope.inside.get(part);
      const step = scope.document.jobs[part];
      if (!inner || !step) return undefined;
      way.push({ key: `${scope.prefix}${part}`, title: step.display_name ?? inner.document.display_name ?? part });
      scope = inner;
    }
    const source = scope.parent && sourceOfStep(scope.parent.scope, scope.parent.scope.document.jobs[scope.parent.key] ?? { inputs: {}, outputs: {} });
    return {
      ...splitLayout(scope.document),
      components: scope.found.lookup,
      pipelines: [...scope.inside.keys()],
      file: source?.source === 'file' ? source.definition : null,
      component: source?.asset ? { name: source.asset.name, version: source.asset.version } : null,
      prefix: prefixFrom(record.folder, scope.folder),
      way,
      lastRun: await this.#lastRun(id),
    };
  }

  async #lastRun(id: DraftId): Promise<Draft['lastRun']> {
    const last = (await this.#parts.store.runs.lastOfDrafts([id])).get(id);
    return last ? { id: last.id, status: last.status } : null;
  }

  /** What the rules say of a pipeline that is not a draft yet. */
  async check(content: Pick<DraftRecord, 'document' | 'folder'>): Promise<readonly Problem[]> {
    return (await this.#check(content)).problems;
  }

  async #check(record: Pick<DraftRecord, 'document' | 'folder'>): Promise<{ lookup: Record<string, Component>; problems: Problem[] }> {
    const scope = await openScope(this.#parts.components, record.document, record.folder);
    return { lookup: scope.found.lookup, problems: [...validationOfScope(scope)].flat() };
  }

  #now(): string {
    return this.#parts.clock.now().toISOString();
  }
}

/** Where a draft that a component was opened in says so. */
export const lineageOfComponent = ({ name, version }: ComponentVersion): string => `component:${name}:${version}`;

function editedIn({ from }: Pick<DraftRecord, 'from'>): ComponentVersion | null {
  const [, name, version] = /^component:([^:]+):(.+)$/.exec(from ?? '') ?? [];
  return name === undefined || version === undefined ? null : { name, version };
}

/** From one folder to another: nothing, or a path that ends in a slash. */
function prefixFrom(folder: string | null, to: string | null): string {
  if (to === null || to === folder) return '';
  const below = folder === null ? '..' : relative(folder, to);
  return below.startsWith('..') ? `${to}/` : `${below}/`;
}

/** What it says itself; else what its file is called. */
export function nameOfDraft({ document, from }: Pick<DraftRecord, 'document' | 'from'>): string {
  const file = from?.startsWith('file:') ? from.slice(from.lastIndexOf('/') + 1).replace(/\.[a-z]+$/i, '') : '';
  return document.display_name ?? document.name ?? (file === '' ? pipelineTitle(document) : file);
}

/** What belongs to a gallery's card is not the draft's. */
function asDraft(document: DraftContent['document']): DraftContent['document'] {
  const extension = document[extensionKey];
  if (extension === null || typeof extension !== 'object') return document;
  const { gallery: _card, ...others } = extension as Record<string, unknown>;
  const { [extensionKey]: _replaced, ...rest } = document;
  return Object.keys(others).length > 0 ? { ...rest, [extensionKey]: others } : rest;
}
