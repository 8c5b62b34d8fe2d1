import type { Donor } from '../run/reason.ts';
import type { Step } from './step.ts';

/**
 * Three things that a person says of a step which no file of Azure's knows: they are tags of the step, so that they stand
 * in the file and it stays one that any other tool reads.
 */
export const disabledTag = 'pipewright.disabled';
export const bypassTag = 'pipewright.bypass';
/** `38 split_data`: the run whose result is taken, and what the step was called in it. */
export const pinTag = 'pipewright.pin';

const isOn = (value: unknown): boolean => value === true || value === 'true';

export const isDisabled = ({ tags }: Step): boolean => isOn(tags?.[disabledTag]);

/** A step that is disabled is not there to be passed through. */
export const isBypassed = (step: Step): boolean => !isDisabled(step) && isOn(step.tags?.[bypassTag]);

/** The result that a step takes instead of being run; null: it has none, or says it in a way that nobody can read. */
export function pinOf(key: string, step: Step): Donor | null {
  const said = step.tags?.[pinTag];
  const text = typeof said === 'number' || typeof said === 'string' ? String(said).trim() : '';
  const [, run, named] = /^(\d+)(?: (\S+))?$/.exec(text) ?? [];
  if (run === undefined || isDisabled(step) || isBypassed(step)) return null;
  return { run, step: named ?? key };
}

export const hasPin = ({ tags }: Step): boolean => tags?.[pinTag] !== undefined;

export const formatPin = ({ run, step }: Donor): string => `${run} ${step}`;
