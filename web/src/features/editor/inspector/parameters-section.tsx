import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { useMemo } from 'react';
import { countOf } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { type ParameterField, parameterFields, shortBinding } from '../model/parameter-fields.ts';
import { useDerived } from '../store/editor-context.tsx';
import { ParameterRow } from './parameter-row.tsx';
import { useIsFieldShown } from './use-focus-field.ts';
import { useUpstreamColumns } from './use-upstream-columns.ts';

interface ParametersSectionProps {
  readonly stepKey: string;
  readonly step: Step;
  readonly ports: ComponentInterface;
  readonly problems: readonly Problem[];
}

/** The form of a step, made from its component's interface. */
export function ParametersSection({ stepKey, step, ports, problems }: ParametersSectionProps) {
  const fields = useMemo(() => parameterFields(step, ports), [step, ports]);
  const ran = useDerived((derived) => derived.runDocument?.jobs[stepKey]);
  const wantsColumns = fields.some(({ widget }) => widget === 'columns' || widget === 'column');
  const columns = useUpstreamColumns(step, wantsColumns);
  const isWanted = useIsFieldShown(stepKey, (name) => fields.some((field) => field.name === name));
  const changed = fields.flatMap((field) => (wasInRun(field, ran) === null ? [] : [field]));
  if (fields.length === 0) {
    return (
      <Section title="Parameters" summary="none">
        <p className="pw-sm pw-muted">This component has nothing to set.</p>
      </Section>
    );
  }
  return (
    <Section
      title="Parameters"
      isWanted={isWanted}
      summary={changed.length > 0 ? `${countOf(changed.length, 'parameter')} changed since the run` : countOf(fields.length, 'parameter')}
    >
      {fields.map((field) => (
        <ParameterRow
          key={field.name}
          step={stepKey}
          field={field}
          problems={problems.filter(({ port }) => port === field.name)}
          was={wasInRun(field, ran)}
          columns={columns}
        />
      ))}
    </Section>
  );
}

/** The value that the attached run had, when it was another; null when it is the same or there is no run. */
function wasInRun(field: ParameterField, ran: Step | undefined): string | null {
  if (!ran) return null;
  const before = sayContent(classifyInput(ran.inputs[field.name]), field);
  return before === sayContent(field.content, field) ? null : before;
}

function sayContent(content: ParameterField['content'], { fallback }: ParameterField): string {
  switch (content.kind) {
    case 'literal':
      return String(content.value);
    case 'binding':
      return shortBinding(content.binding);
    case 'template':
      return content.text;
    default:
      return fallback === null ? 'empty' : String(fallback);
  }
}
