import { randomBytes } from 'node:crypto';
import { keysAfterAt } from '@pipewright/shared/comments/mentions.ts';
import type { CommentMessage, CommentsQuery, CommentThread } from '@pipewright/shared/http/comments.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { Clock } from '../scheduler/effect-context.ts';
import type { CommentWrite } from '../store/comment-store.ts';
import type { DraftRecord, Page, Store } from '../store/store.ts';
import type { DraftService } from './draft-service.ts';

export interface CommentListener {
  commentsChanged(draft: DraftId): void;
}

/** `unknown`: the draft, the thread or the message is not there; `not-yours`: somebody else said it. */
export type CommentAnswer =
  | { readonly kind: 'done'; readonly thread: CommentThread }
  | { readonly kind: 'removed' }
  | { readonly kind: 'unknown'; readonly what: string }
  | { readonly kind: 'unknown-step'; readonly step: string }
  | { readonly kind: 'not-yours'; readonly by: string };

interface CommentParts {
  readonly store: Pick<Store, 'comments'> & { readonly drafts: Pick<Store['drafts'], 'get'> };
  readonly drafts: Pick<DraftService, 'listen'>;
  readonly clock: Clock;
}

/** What people say of a draft. It changes neither the draft nor its revision, and is out of reach while the draft is put away. */
export class CommentService {
  readonly #parts: CommentParts;
  readonly #listeners = new Set<CommentListener>();

  constructor(parts: CommentParts) {
    this.#parts = parts;
    parts.drafts.listen({ draftEdited: (id, { ops }) => ops.some(({ op }) => op === 'step.rename') && this.#tell(id) });
  }

  listen(listener: CommentListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async list(draft: DraftId, query: CommentsQuery): Promise<Page<CommentThread> | undefined> {
    const record = await this.#parts.store.drafts.get(draft);
    return record && (await this.#parts.store.comments.list(draft, query));
  }

  async start(draft: DraftId, { step, text, by }: { readonly step: string | null; readonly text: string; readonly by: string }): Promise<CommentAnswer> {
    return await this.#written(draft, async (record) => {
      if (step !== null && !isStepOf(record, step)) return { kind: 'unknown-step', step };
      const message = this.#message(record, { text, by });
      const thread: CommentThread = { id: newId(), step, updatedAt: message.at, resolved: null, messages: [message] };
      const outcome = await this.#parts.store.comments.start(record, thread);
      return outcome === 'written' ? { kind: 'done', thread } : 'changed';
    });
  }

  async say(draft: DraftId, thread: string, { text, by }: { readonly text: string; readonly by: string }): Promise<CommentAnswer> {
    return await this.#change(draft, thread, async (record) => await this.#parts.store.comments.say(record, thread, this.#message(record, { text, by })));
  }

  async resolve(draft: DraftId, thread: string, { isResolved, by }: { readonly isResolved: boolean; readonly by: string }): Promise<CommentAnswer> {
    const at = this.#now();
    return await this.#change(draft, thread, async (_record, before) => {
      if ((before.resolved !== null) !== isResolved) await this.#parts.store.comments.resolve(thread, at, isResolved ? { by, at } : null);
      return 'written';
    });
  }

  async reword(draft: DraftId, { thread, message }: MessageRef, { text, by }: { readonly text: string; readonly by: string }): Promise<CommentAnswer> {
    return await this.#changeOwn(draft, { thread, message, by }, async (record, own) => {
      if (own.text === text) return 'written';
      return await this.#parts.store.comments.reword(record, { ...own, text, mentions: mentionsIn(text, record), editedAt: this.#now() });
    });
  }

  async remove(draft: DraftId, { thread, message, by }: MessageRef & { readonly by: string }): Promise<CommentAnswer> {
    return await this.#changeOwn(draft, { thread, message, by }, async () => {
      await this.#parts.store.comments.remove(thread, message);
      return 'written';
    });
  }

  async #changeOwn(
    draft: DraftId,
    { thread, message, by }: MessageRef & { readonly by: string },
    change: (record: DraftRecord, own: CommentMessage) => Promise<CommentWrite>,
  ): Promise<CommentAnswer> {
    return await this.#change(draft, thread, async (record, before) => {
      const own = before.messages.find(({ id }) => id === message);
      if (!own) return { kind: 'unknown', what: `The message ${message} of comment ${thread}` };
      if (own.by !== by) return { kind: 'not-yours', by: own.by };
      return await change(record, own);
    });
  }

  async #change(
    draft: DraftId,
    thread: string,
    change: (record: DraftRecord, before: CommentThread) => Promise<CommentAnswer | CommentWrite>,
  ): Promise<CommentAnswer> {
    return await this.#written(draft, async (record) => {
      const before = await this.#parts.store.comments.thread(draft, thread);
      const outcome = before ? await change(record, before) : 'unknown';
      if (outcome === 'unknown') return { kind: 'unknown', what: `The comment ${thread}` };
      if (outcome !== 'written') return outcome;
      const after = await this.#parts.store.comments.thread(draft, thread);
      return after ? { kind: 'done', thread: after } : { kind: 'removed' };
    });
  }

  /** Again where the draft became another in between: what names its steps is then read anew. */
  async #written(draft: DraftId, write: (record: DraftRecord) => Promise<CommentAnswer | 'changed'>): Promise<CommentAnswer> {
    for (;;) {
      const record = await this.#parts.store.drafts.get(draft);
      if (!record) return unknownDraft(draft);
      const answer = await write(record);
      if (answer === 'changed') continue;
      if (answer.kind === 'done' || answer.kind === 'removed') this.#tell(draft);
      return answer;
    }
  }

  #message(record: DraftRecord, { text, by }: { readonly text: string; readonly by: string }): CommentMessage {
    return { id: newId(), by, at: this.#now(), editedAt: null, text, mentions: mentionsIn(text, record) };
  }

  #tell(draft: DraftId): void {
    for (const listener of this.#listeners) listener.commentsChanged(draft);
  }

  #now(): string {
    return this.#parts.clock.now().toISOString();
  }
}

export interface MessageRef {
  readonly thread: string;
  readonly message: string;
}

const newId = (): string => randomBytes(6).toString('base64url');
const unknownDraft = (draft: DraftId): CommentAnswer => ({ kind: 'unknown', what: `The draft ${draft}` });
const mentionsIn = (text: string, record: DraftRecord): string[] => keysAfterAt(text).filter((key) => isStepOf(record, key));

/** Or of a pipeline that is one of its steps. */
const isStepOf = ({ document }: DraftRecord, key: string): boolean => Object.hasOwn(document.jobs, key.split('/')[0] ?? key);
