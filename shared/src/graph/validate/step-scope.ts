import type { ComponentInterface, ComponentLookup } from '../../component/component-interface.ts';
import type { PortType } from '../../component/port-type.ts';
import { stepOf } from '../../pipeline/follow-binding.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { interfaceOf } from '../../pipeline/step-interface.ts';
import type { Step } from '../../pipeline/step.ts';
import { suggestName } from '../suggest-name.ts';

/** A guess compares a wrong name with every known one; in a document where thousands are wrong nobody reads them all. */
const mostHints = 20;

/** What the rules look at: the document and the surfaces of its steps, each worked out once. */
export class PipelineScope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
  readonly #interfaces = new Map<string, ComponentInterface | undefined>();
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

  /** The known name that was most likely meant. */
  suggest(wrong: string, known: Readonly<Record<string, unknown>>): string | undefined {
    this.#hints += 1;
    return this.#hints > mostHints ? undefined : suggestName(wrong, Object.keys(known));
  }
}

/** `Did you mean "x"?`, with a space in front, or nothing. */
export const hintText = (name: string | undefined): string => (name === undefined ? '' : ` Did you mean "${name}"?`);

/** What people call a step. */
export const stepTitle = (key: string, step: Step): string => step.display_name ?? key;

/** What people call a port or parameter. */
export const portTitle = (name: string, definition: { readonly 'x-pipewright'?: { readonly label?: string | undefined } | undefined } | undefined): string =>
  definition?.['x-pipewright']?.label ?? name;
