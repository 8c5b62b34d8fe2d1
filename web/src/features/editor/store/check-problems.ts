import { hasErrors, type Problem, type ProblemCode } from '@pipewright/shared/graph/problem.ts';
import { validationOf } from '@pipewright/shared/graph/validate-pipeline.ts';
import type { StepView } from '../../../canvas/step-view.ts';
import { mergeProblems } from '../model/merge-problems.ts';
import type { EditorState } from './editor-state.ts';

export interface FoundProblems {
  readonly problems: readonly Problem[];
  /** Names of ports and parameters with errors, by step. */
  readonly problemsOf: ReadonlyMap<string, readonly string[]>;
  /** Nothing is wrong as far as the graph goes: it can be planned, and the plan may still find something on the disk. */
  readonly isSound: boolean;
}

type Draft = Pick<EditorState, 'content' | 'components'>;

/** What else there is to say when the document has been looked through. */
interface Around {
  readonly server: readonly Problem[];
  readonly drawn: ReadonlyMap<string, StepView>;
}

export function findProblems({ content, components }: Draft, around: Around): FoundProblems {
  return sumUp([...validationOf(content.document, components)].flat(), around);
}

/** Validation waits until the fingers rest. */
const restMs = 250;
/** It leaves the page to others after so long, and goes on when they are done. */
const pieceMs = 8;

/** Looks through the draft when nothing has been asked for a while, piece by piece; what is asked meanwhile begins it anew. */
export class ProblemChecker implements Disposable {
  readonly #read: () => Draft & Around;
  readonly #tell: (found: FoundProblems) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(read: () => Draft & Around, tell: (found: FoundProblems) => void) {
    this.#read = read;
    this.#tell = tell;
  }

  checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { content, components } = this.#read();
      this.#goOn(validationOf(content.document, components), []);
    }, restMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #goOn(pieces: Iterator<readonly Problem[]>, here: Problem[]): void {
    const until = performance.now() + pieceMs;
    for (let piece = pieces.next(); piece.done !== true; piece = pieces.next()) {
      here.push(...piece.value);
      if (performance.now() < until) continue;
      this.#timer = setTimeout(() => this.#goOn(pieces, here), 0);
      return;
    }
    this.#tell(sumUp(here, this.#read()));
  }
}

/** Of a problem that is about no port, for the strip of the step. */
const wordsOf = (code: ProblemCode): string => (code === 'cannot-run-here' ? 'runs in Azure only' : code.replaceAll('-', ' '));

function sumUp(here: readonly Problem[], { server, drawn }: Around): FoundProblems {
  const problems = mergeProblems(here, server);
  const problemsOf = new Map<string, string[]>();
  for (const { severity, step, port, code } of problems) {
    if (severity !== 'error' || step === undefined) continue;
    // What is wrong inside a pipeline is wrong with each pipeline that it is in as well.
    const parts = step.split('/');
    for (const [index] of parts.entries()) {
      const key = parts.slice(0, index + 1).join('/');
      // Its node says so as what it is, not as a mistake.
      if (code === 'unregistered-component' && drawn.get(key)?.isElsewhere) continue;
      problemsOf.set(key, [...(problemsOf.get(key) ?? []), port ?? wordsOf(code)]);
    }
  }
  return { problems, problemsOf, isSound: !hasErrors(here) };
}
