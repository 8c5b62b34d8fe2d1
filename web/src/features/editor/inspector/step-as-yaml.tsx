import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { writeYaml } from '@pipewright/shared/yaml/write-yaml.ts';
import { CodeField } from '../../../ui/code/code-field.tsx';

/** All that is written of a step, to be read. */
export function StepAsYaml({ stepKey, step }: { readonly stepKey: string; readonly step: Step }) {
  const said = Object.entries(step).filter(([, value]) => value !== undefined && !isEmptyMap(value));
  return <CodeField label={`YAML of ${stepKey}`} value={writeYaml({ [stepKey]: Object.fromEntries(said) })} language="yaml" isReadOnly />;
}

const isEmptyMap = (value: unknown): boolean => value !== null && typeof value === 'object' && Object.keys(value).length === 0;
