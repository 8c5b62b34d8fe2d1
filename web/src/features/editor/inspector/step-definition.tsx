import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { lazy, Suspense } from 'react';
import { Section } from '../../../ui/panels/section.tsx';

/** The codec of YAML loads with the first of these. */
const StepAsYaml = lazy(async () => ({ default: (await import('./step-as-yaml.tsx')).StepAsYaml }));

interface StepDefinitionProps {
  /** In its pipeline. */
  readonly stepKey: string;
  readonly step: Step;
}

/** What a step is, where it can only be looked at: its part of the file that its pipeline is written in. */
export function StepDefinition({ stepKey, step }: StepDefinitionProps) {
  return (
    <Section title="YAML" summary="read-only">
      <Suspense fallback={null}>
        <StepAsYaml stepKey={stepKey} step={step} />
      </Suspense>
    </Section>
  );
}
