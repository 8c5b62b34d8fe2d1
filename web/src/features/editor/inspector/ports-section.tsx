import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { InputDefinition } from '@pipewright/shared/component/ports.ts';
import { isScalarType, type PortType } from '@pipewright/shared/component/port-type.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { useMemo } from 'react';
import type { PortView } from '../../../canvas/step-view.ts';
import { countOf } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { useDerived } from '../store/editor-context.tsx';
import { useIsFieldShown } from './use-focus-field.ts';
import { InputPortRow } from './input-port-row.tsx';
import { OutputPortRow } from './output-port-row.tsx';
import { problemsOfPorts } from './problems-of-ports.ts';
import classes from './inspector.module.css';

interface PortsSectionProps {
  readonly stepKey: string;
  readonly step: Step;
  readonly ports: ComponentInterface | undefined;
  readonly problems: readonly Problem[];
}

/** What goes in and what comes out: from where, to whom, and what it was in the attached run. */
export function PortsSection({ stepKey, step, ports, problems }: PortsSectionProps) {
  const view = useDerived((derived) => derived.views.get(stepKey));
  const isWanted = useIsFieldShown(stepKey, (name) => [...(view?.inputs ?? []), ...(view?.outputs ?? [])].some((port) => port.name === name));
  const problemsOf = useMemo(() => problemsOfPorts(problems), [problems]);
  if (!view) return null;
  const [inputs, outputs] = [inputPorts(view.inputs, ports), view.outputs];
  return (
    <Section title="Inputs and outputs" isWanted={isWanted} summary={`${countOf(inputs.length, 'input')}, ${countOf(outputs.length, 'output')}`}>
      <div className={classes.ports}>
        {inputs.map(({ port, definition }) => (
          <InputPortRow
            key={`in ${port.name}`}
            stepKey={stepKey}
            port={port}
            definition={definition}
            value={step.inputs[port.name]}
            problems={problemsOf(port.name)}
          />
        ))}
        {outputs.map((port) => (
          <OutputPortRow key={`out ${port.name}`} stepKey={stepKey} port={port} value={step.outputs[port.name]} />
        ))}
      </div>
    </Section>
  );
}

/** Data inputs; parameters have a row of their own, bound or not. */
function inputPorts(views: readonly PortView[], ports: ComponentInterface | undefined) {
  return views.flatMap((port): { readonly port: PortView; readonly definition: InputDefinition | undefined }[] => {
    const isParameter = port.type !== null && isScalarType(port.type satisfies PortType);
    return isParameter ? [] : [{ port, definition: ports?.inputs[port.name] }];
  });
}
