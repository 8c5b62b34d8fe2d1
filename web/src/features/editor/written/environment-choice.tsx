import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { environmentsQuery } from '../../../api/environments.ts';

interface EnvironmentChoiceProps {
  /** `azureml:NAME:VERSION`; null: the base Python; undefined: as it is said now, where that is none that is registered. */
  readonly value: string | null | undefined;
  /** What it is called that is said now and is not registered. */
  readonly own?: string | undefined;
  readonly isReadOnly?: boolean;
  readonly onChange: (environment: string | null | undefined) => void;
}

const basePython = 'base';
const asSaid = 'own';

/** Where the packages of a component come from. */
export function EnvironmentChoice({ value, own, isReadOnly = false, onChange }: EnvironmentChoiceProps) {
  const { data } = useQuery(environmentsQuery());
  const named = (data ?? []).map(({ name, version }) => ({ value: `azureml:${name}:${version}`, label: `${name} · version ${version}` }));
  const known = value === null || value === undefined || named.some((choice) => choice.value === value) ? named : [...named, { value, label: value }];
  return (
    <Select
      label="Environment"
      description="Where its packages come from."
      searchable
      allowDeselect={false}
      disabled={isReadOnly}
      data={[...(own === undefined ? [] : [{ value: asSaid, label: own }]), { value: basePython, label: 'Base Python, no packages' }, ...known]}
      value={value === undefined ? asSaid : (value ?? basePython)}
      onChange={(choice) => onChange(choice === asSaid ? undefined : choice === null || choice === basePython ? null : choice)}
    />
  );
}
