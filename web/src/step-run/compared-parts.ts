import type { Reason, ReasonCode } from '@pipewright/shared/run/reason.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';

interface ComparedParts {
  readonly differing: readonly string[];
  readonly same: readonly string[];
  /** The run that the comparison was made with; null when there was none. */
  readonly against: string | null;
}

/** A part of the fingerprint: its name for people, and the reason that would say it differs. */
interface Part {
  readonly name: string;
  readonly code: ReasonCode;
  /** The input that the reason names, where there are several. */
  readonly subject?: string;
}

/** Splits what decides about reuse into what differs and what is the same. */
export function comparedParts(step: ResolvedStep, reasons: readonly Reason[]): ComparedParts {
  const against = reasons.find((reason) => reason.run !== undefined)?.run ?? null;
  const isCompared = against !== null || reasons.some((reason) => reason.code === 'same');
  if (!isCompared) return { differing: [], same: [], against: null };
  const differs = ({ code, subject }: Part): boolean =>
    reasons.some((reason) => reason.code === code && (subject === undefined || reason.subject === undefined || reason.subject === subject));
  const parts = partsOf(step);
  return {
    differing: parts.filter(differs).map((part) => part.name),
    same: parts.filter((part) => !differs(part)).map((part) => part.name),
    against,
  };
}

function partsOf(step: ResolvedStep): Part[] {
  const inputs = Object.entries(step.inputs).flatMap(([name, input]): Part[] => {
    if (input.kind === 'literal') return [{ name: `Parameter ${name}`, code: 'input-changed', subject: name }];
    if (input.kind === 'absent') return [];
    return [{ name: `Data in ${name}`, code: 'data-changed', subject: name }];
  });
  return [
    { name: 'Command', code: 'command-changed' },
    { name: 'Interface', code: 'interface-changed' },
    ...(step.code === null ? [] : [{ name: 'Code', code: 'code-changed' } as const]),
    { name: 'Environment', code: 'environment-changed' },
    ...inputs,
    { name: 'Outputs', code: 'output-changed' },
    { name: 'Compute', code: 'compute-changed' },
  ];
}
