import { type InputDefinition, isRequired } from '@pipewright/shared/component/ports.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { coerceLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import type { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { literalWords } from '../model/literal-words.ts';
import { asData, dataChoices, firstText, type DataChoice, type GivenFrom } from './given-data.ts';

/** An input of a component that is tried, with what it is given. */
export interface TestInput {
  readonly name: string;
  readonly definition: InputDefinition;
  /** What is typed, or the path of the data; empty: nothing. */
  readonly text: string;
  /** Of data: what it may be given. */
  readonly choices: readonly DataChoice[];
  /** Why it cannot be given that; null: it can. */
  readonly wrong: string | null;
}

interface Tried {
  readonly inputs: Readonly<Record<string, InputDefinition>>;
  /** What an input is called in the draft, where that is another name. */
  readonly oldNameOf: (name: string) => string;
}

/** Every input with the likeliest value, or the one that was chosen for it. */
export function testInputs(from: GivenFrom, { inputs, oldNameOf }: Tried, chosen: Readonly<Record<string, string>>): TestInput[] {
  return Object.entries(inputs).map(([name, definition]) => {
    const known = { name: oldNameOf(name), definition };
    const choices = isScalarType(definition.type) ? [] : dataChoices(from, known);
    const first = isScalarType(definition.type) ? firstText(from, known) : firstData(definition, choices);
    const text = Object.hasOwn(chosen, name) ? (chosen[name] ?? '') : first;
    return { name, definition, text, choices, wrong: whyWrong(definition, text) };
  });
}

/** What may be left out is, unless the step has something there. */
function firstData(definition: InputDefinition, [best]: readonly DataChoice[]): string {
  return best && (isRequired(definition) || best.isOwn) ? best.path : '';
}

function whyWrong(definition: InputDefinition, text: string): string | null {
  const isValue = isScalarType(definition.type);
  if (text === '') return !isRequired(definition) ? null : isValue ? 'Needs a value' : 'Needs data: choose some, or a run that has it';
  const words = isValue ? literalWords(text, definition) : null;
  return words?.isError === true ? `It ${words.text}` : null;
}

/** Of what was chosen, what was typed: another run has other data. */
export const typedOf = (chosen: Readonly<Record<string, string>>, inputs: Tried['inputs']): Record<string, string> =>
  Object.fromEntries(Object.entries(chosen).filter(([name]) => isScalarType(inputs[name]?.type ?? 'path')));

/** As the step is given them. */
export function givenInputs(inputs: readonly TestInput[]): Record<string, StepInput> {
  return Object.fromEntries(
    inputs.flatMap(({ name, definition, text }): [string, StepInput][] => {
      const { type } = definition;
      if (text === '') return [];
      return [[name, isScalarType(type) ? coerceLiteral(text, type, 'decimal') : asData(text, definition)]];
    }),
  );
}
