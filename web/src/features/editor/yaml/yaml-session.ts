import { diffContent } from '@pipewright/shared/draft/diff-content.ts';
import { textOps } from '@pipewright/shared/draft/splice-text.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { applyChanges, changesBetween, mergeTexts, type TextChange } from '@pipewright/shared/text/merge-texts.ts';
import { readPipeline, type PipelineText } from '@pipewright/shared/yaml/read-pipeline.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EditorStore } from '../store/create-editor-store.ts';
import type { TextPlace, UnreadText } from '../store/ui-slice.ts';

/** How what stands in the editor and the pipeline go together. */
export type YamlState =
  /** They say the same. */
  | { readonly kind: 'read' }
  /** Somebody types; it is read when the fingers rest. */
  | { readonly kind: 'waiting' }
  /** It cannot be read; the pipeline stays as it was. */
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

const restMs = 400;
/** Others drag steps about: their places need not follow at once. */
const followMs = 60;
/** Reading a text again and again must leave most of the time to who types it. */
const restPerReading = 3;
/** What is typed with no longer pause is one entry of the history. */
const burstMs = 3000;

/**
 * The text of a pipeline while somebody edits it. What is typed becomes operations as soon as it can be read; what the
 * document becomes elsewhere is brought into the text, line by line, without touching what is being typed. Until a text
 * is read it is kept in the store, and so on this device.
 */
export class YamlSession implements Disposable {
  readonly state: StoreApi<YamlState> = createStore<YamlState>()(() => ({ kind: 'read' }));
  readonly #store: EditorStore;
  readonly #unsubscribe: () => void;
  /** The document as a text, as far as the editor knows it. */
  #base: string;
  #text: string;
  #rewrite: (changes: readonly TextChange[]) => void = () => {};
  #lineBreak: '\n' | '\r\n' = '\n';
  #isBehind = false;
  #isReading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #followTimer: ReturnType<typeof setTimeout> | undefined;
  #restMs = restMs;
  #burst = { id: crypto.randomUUID(), at: Number.NEGATIVE_INFINITY };
  #lastRead: { readonly text: string; readonly read: PipelineText } | null = null;

  constructor(store: EditorStore) {
    this.#store = store;
    this.#base = this.#written();
    this.#text = this.#base;
    const { unreadText } = store.getState();
    if (unreadText) this.#takeIn(unreadText);
    this.#unsubscribe = store.subscribe((state, before) => {
      // Another window has left it while this text was open and all read.
      if (state.unreadText && state.unreadText !== before.unreadText && this.state.getState().kind === 'read') this.#takeIn(state.unreadText);
      if (state.content === before.content || this.#isReading) return;
      this.#isBehind = true;
      this.#followTimer ??= setTimeout(() => this.#follow(), followMs);
    });
  }

  get text(): string {
    return this.#text;
  }

  /** Who shows the text is told what becomes different in it from outside. */
  attach(rewrite: (changes: readonly TextChange[]) => void): void {
    this.#rewrite = rewrite;
  }

  /** What somebody has typed. */
  edit(text: string): void {
    this.#text = text;
    this.#wait();
  }

  /** Reads at once what stands there: the view is about to close, or its problems are asked for. */
  flush(): void {
    if (this.#isBehind) this.#follow();
    if (this.state.getState().kind === 'waiting') this.#read();
  }

  /** Back to what the document says. */
  discard(): void {
    clearTimeout(this.#timer);
    if (this.#isBehind) this.#follow();
    this.#replace(changesBetween(this.#text, this.#base));
    this.#settle({ kind: 'read' });
  }

  /** The line in which something is written, from 1. */
  lineOf(place: TextPlace): number {
    if ('line' in place) return place.line;
    const [located] = this.locate([{ severity: 'note', code: 'kept-only', message: '', path: [...place.path] }]);
    return located?.line ?? 1;
  }

  /** Problems of the document, with their lines in the text as it stands. */
  locate(problems: readonly Problem[]): Problem[] {
    return this.#readText().locate(problems);
  }

  [Symbol.dispose](): void {
    this.flush();
    clearTimeout(this.#timer);
    clearTimeout(this.#followTimer);
    this.#unsubscribe();
  }

  /** A text that somebody typed and nobody has read yet, on top of what the document says by now. */
  #takeIn({ text, base }: UnreadText): void {
    const merged = applyChanges(text, mergeTexts({ base, mine: text, theirs: this.#base }));
    this.#replace(changesBetween(this.#text, merged));
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    // First: what the store tells of next is no news.
    this.state.setState({ kind: 'waiting' }, true);
    this.#store.getState().setUnreadText({ text: this.#text, base: this.#base });
    this.#timer = setTimeout(() => this.flush(), this.#restMs);
  }

  #read(): void {
    clearTimeout(this.#timer);
    const began = performance.now();
    const problems = this.#take();
    this.#restMs = Math.max(restMs, restPerReading * (performance.now() - began));
    this.#settle(problems.length === 0 ? { kind: 'read' } : { kind: 'unreadable', problems });
  }

  /** Makes the document say what the text says; answers with what is in the way of that. */
  #take(): readonly Problem[] {
    const { content, problems, text, locate } = this.#readText();
    if (!content) return problems.filter(({ severity }) => severity === 'error');
    // A job of one step opens as a pipeline, but what is written here is one already.
    if (text === undefined) return [{ severity: 'error', code: 'not-a-pipeline', message: 'The text is no pipeline: it has no "jobs".', line: 1, column: 1 }];
    const { content: before, edit } = this.#store.getState();
    const diff = diffContent(before, content);
    if (!diff.ok) return locate([{ severity: 'error', code: 'invalid-key', message: diff.message, path: [...diff.path] }]);
    const written = this.#lineBreak === '\n' ? this.#text : this.#text.replaceAll('\n', this.#lineBreak);
    const ops = [...diff.ops, ...(before.text === written ? [] : textOps(before.text, written))];
    this.#isReading = true;
    const edited = edit(ops, { label: 'Edit the YAML', gesture: this.#gesture(), pace: 'typing' });
    this.#isReading = false;
    if (!edited.ok) return [{ severity: 'error', code: 'invalid-value', message: edited.message, line: 1, column: 1 }];
    this.#base = this.#text;
    this.#follow();
    return [];
  }

  #gesture(): string {
    const now = performance.now();
    this.#burst = { id: now - this.#burst.at > burstMs ? crypto.randomUUID() : this.#burst.id, at: now };
    return `yaml ${this.#burst.id}`;
  }

  /** Brings into the text what the document has become. */
  #follow(): void {
    clearTimeout(this.#followTimer);
    this.#followTimer = undefined;
    this.#isBehind = false;
    const theirs = this.#written();
    const changes = mergeTexts({ base: this.#base, mine: this.#text, theirs });
    this.#base = theirs;
    this.#replace(changes);
    const { kind } = this.state.getState();
    // What was typed is compared with the new text from now on; and what could not be read may be readable by now.
    if (kind === 'unreadable' && changes.length > 0) this.#wait();
    else if (kind !== 'read') this.#store.getState().setUnreadText({ text: this.#text, base: this.#base });
  }

  #replace(changes: readonly TextChange[]): void {
    if (changes.length === 0) return;
    this.#text = applyChanges(this.#text, changes);
    this.#rewrite(changes);
  }

  #settle(state: YamlState): void {
    if (state.kind === 'read' && this.#store.getState().unreadText !== null) this.#store.getState().setUnreadText(null);
    this.state.setState(state, true);
  }

  /** The document as a text whose lines end as those of the editor do. */
  #written(): string {
    const text = writePipeline(this.#store.getState().content);
    this.#lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
    return text.replaceAll(/\r\n?/g, '\n');
  }

  #readText(): PipelineText {
    if (this.#lastRead?.text !== this.#text) this.#lastRead = { text: this.#text, read: readPipeline(this.#text) };
    return this.#lastRead.read;
  }
}
