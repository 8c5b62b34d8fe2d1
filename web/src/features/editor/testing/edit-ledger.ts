import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';

export type MarkKind = 'input' | 'step' | 'note';

interface Mark {
  readonly kind: MarkKind;
  /** Whether it stands there, as far as it was acknowledged; null: it was never. */
  settled: boolean | null;
  /** What was done to it since, and by which window. */
  readonly open: { readonly window: string; readonly isThere: boolean }[];
}

/**
 * The marks that one person leaves in a draft, each in a place of its own, so that nobody goes over it: what was said to be
 * saved, or to be kept on the device, must be there in the end, once; what never was may be there or not.
 */
export class EditLedger {
  readonly #person: string;
  readonly #marks = new Map<string, Mark>();

  constructor(person: string) {
    this.#person = person;
  }

  /** The operation that leaves a new mark. */
  next(kind: MarkKind): { readonly id: string; readonly op: DraftOp } {
    const id = `mark_${this.#person}_${this.#marks.size}`;
    this.#marks.set(id, { kind, settled: null, open: [] });
    switch (kind) {
      case 'input':
        return { id, op: { op: 'pipeline.setInput', input: id, value: { type: 'string' } } };
      case 'note':
        return { id, op: { op: 'note.set', note: id, value: { text: id, x: 0, y: 0, width: 100, height: 100 } } };
      case 'step':
        // Everybody wants the same key: who comes later gets another one, and comes twice if done twice.
        return { id, op: { op: 'step.add', step: 'marked', value: { command: `echo ${id}`, inputs: {}, outputs: {} } } };
    }
  }

  /** A window has left the mark, taken it back or left it again, as its history says. */
  note(id: string, window: string, isThere: boolean): void {
    this.#marks.get(id)?.open.push({ window, isThere });
  }

  /** How much a window has done that was not acknowledged, by mark. */
  openOf(window: string): ReadonlyMap<string, number> {
    return new Map([...this.#marks].map(([id, { open }]) => [id, open.findLastIndex((done) => done.window === window) + 1]));
  }

  /** What a window had done until then is said to be safe. */
  acknowledge(window: string, until = this.openOf(window)): void {
    for (const [id, count] of until) {
      const mark = this.#marks.get(id);
      const last = mark?.open[count - 1];
      if (!mark || last?.window !== window) continue;
      mark.settled = last.isThere;
      mark.open.splice(0, count);
    }
  }

  /** What of all this the content contradicts. */
  contradictions(content: DraftContent): string[] {
    return [...this.#marks].flatMap(([id, { kind, settled, open }]) => {
      const found = countOf(content, kind, id);
      const allowed = new Set([settled ?? false, ...open.map(({ isThere }) => isThere)]);
      if (found > 1) return [`${id} is there ${found} times`];
      return allowed.has(found === 1) ? [] : [`${id} is ${found === 1 ? 'there, and was taken back' : 'gone'}`];
    });
  }

  /** What is known to be there. */
  get standing(): string[] {
    return [...this.#marks].flatMap(([id, { settled, open }]) => (settled === true && open.length === 0 ? [id] : []));
  }
}

export const isMarked = (content: DraftContent, step: string): boolean => String(content.document.jobs[step]?.['command']).startsWith('echo mark_');

function countOf({ document, layout }: DraftContent, kind: MarkKind, id: string): number {
  if (kind === 'input') return Object.hasOwn(document.inputs, id) ? 1 : 0;
  if (kind === 'note') return Object.hasOwn(layout.notes, id) ? 1 : 0;
  return Object.values(document.jobs).filter((step) => step['command'] === `echo ${id}`).length;
}
