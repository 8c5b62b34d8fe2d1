import type { ComponentInterface, ComponentLookup } from '../../component/component-interface.ts';
import type { PortType } from '../../component/port-type.ts';
import type { PortKind } from '../../component/why-not-connect.ts';
import { controlKindOf } from '../../azure/control-steps.ts';
import { stepOf } from '../../pipeline/follow-binding.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { interfaceOf, seenOutputType } from '../../pipeline/step-interface.ts';
import type { Step } from '../../pipeline/step.ts';
import { edgesOf } from '../edges-of.ts';
import { suggestName } from '../suggest-name.ts';

/** A guess compares a wrong name with every known one; in a document where thousands are wrong nobody reads them all. */
const mostHints = 20;

/** An output of a step as others see it; `kind` is null where its type cannot be told. */
export interface SeenOutput {
  readonly step: string;
  readonly name: string;
  readonly kind: PortKind | null;
}

/** What the rules look at: the document and the surfaces of its steps, each worked out once. */
export class PipelineScope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
  readonly #interfaces = new Map<string, ComponentInterface | undefined>();
  #outputs: readonly SeenOutput[] | null = null;
  #read: ReadonlySet<string> | null = null;
  #hints = 0;

  constructor(document: Pipeline, components: ComponentLookup) {
    this.document = document;
    this.components = components;
  }

  interfaceOf(key: string): ComponentInterface | undefined {
    if (!this.#interfaces.has(key)) this.#interfaces.set(key, interfaceOf(key, this.document, this.components));
    return this.#interfaces.get(key);
  }

  /** What a step says of its output counts before what its component says; undefined where it has no such output. */
  outputType(key: string, output: string): PortType | undefined {
    const said = stepOf(this.document, key)?.outputs[output];
    return (typeof said === 'object' ? said?.type : undefined) ?? this.interfaceOf(key)?.outputs[output]?.type;
  }

  /** An output as the steps below see it; null where its type cannot be told, or there is no such output. */
  outputKind(key: string, output: string): PortKind | null {
    const step = stepOf(this.document, key);
    const ports = step && this.interfaceOf(key);
    const definition = ports && Object.hasOwn(ports.outputs, output) ? ports.outputs[output] : undefined;
    if (!step || !definition) return null;
    const said = Object.hasOwn(step.outputs, output) && controlKindOf(step) === null ? step.outputs[output] : undefined;
    const type: PortType = typeof said === 'object' && said?.type ? said.type : definition.type;
    const kind = step.for_each ? undefined : definition['x-pipewright']?.kind;
    return { type: seenOutputType(step, type), kind };
  }

  /** Every output of the pipeline's steps: looked at only where something has to be guessed. */
  outputs(): readonly SeenOutput[] {
    this.#outputs ??= Object.keys(this.document.jobs).flatMap((step) =>
      Object.keys(this.interfaceOf(step)?.outputs ?? {}).map((name) => ({ step, name, kind: this.outputKind(step, name) })),
    );
    return this.#outputs;
  }

  /** Whether something reads an output of a step. */
  isRead(step: string, output: string): boolean {
    this.#read ??= new Set(edgesOf(this.document).map(({ from }) => `${from.step}.${from.output}`));
    return this.#read.has(`${step}.${output}`);
  }

  /** The known name that was most likely meant. */
  suggest(wrong: string, known: Readonly<Record<string, unknown>>): string | undefined {
    return this.mayGuess() ? suggestName(wrong, Object.keys(known)) : undefined;
  }

  /** Whether one more guess, which looks at much of the document, is worth its time. */
  mayGuess(): boolean {
    this.#hints += 1;
    return this.#hints <= mostHints;
  }
}

/** `Did you mean "x"?`, with a space in front, or nothing. */
export const hintText = (name: string | undefined): string => (name === undefined ? '' : ` Did you mean "${name}"?`);

/** What people call a step. */
export const stepTitle = (key: string, step: Step): string => step.display_name ?? key;

/** What people call a port or parameter. */
export const portTitle = (name: string, definition: { readonly 'x-pipewright'?: { readonly label?: string | undefined } | undefined } | undefined): string =>
  definition?.['x-pipewright']?.label ?? name;
