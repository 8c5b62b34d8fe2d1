import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { WhyNot } from './wiring.ts';

interface Ends {
  /** Titles of the steps, and the port that would take the wire. */
  readonly source: string;
  readonly target: string;
}

/** The headline of a refusal: what is needed, or what would go wrong. */
export function describeWhyNot(why: WhyNot, { source, target }: Ends): string {
  switch (why.code) {
    case 'type-mismatch':
      return `${target} needs ${nounOf(why.takes)} here`;
    case 'kind-mismatch':
      return `${target} needs ${withArticle(why.takes.replaceAll('_', ' '))} here`;
    case 'cycle':
      return `${source} and ${target} would wait for each other`;
    case 'own':
      return `${target} cannot read what it puts out itself`;
    case 'same-side':
      return why.side === 'outputs' ? 'An output goes to an input, not to another output' : 'An input reads an output, not another input';
    case 'broken':
      return 'This port no longer exists';
    default:
      return assertNever(why);
  }
}

const nouns = {
  mltable: 'a table',
  uri_file: 'a file',
  uri_folder: 'a folder',
  path: 'a folder',
  mlflow_model: 'a trained model',
  custom_model: 'a model of its own kind',
  triton_model: 'a Triton model',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'yes or no',
} as const satisfies Record<PortType, string>;

const nounOf = (type: PortType): string => nouns[type];

const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
