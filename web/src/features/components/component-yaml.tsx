import type { Component } from '@pipewright/shared/component/component.ts';
import { useQuery } from '@tanstack/react-query';
import { DetailCode, DetailPart } from '../../ui/list-detail/detail.tsx';
import { CopyButton } from '../../ui/text/copy-button.tsx';

interface ComponentYamlProps {
  readonly component: Component;
  readonly name: string;
}

/** The component as a file would hold it. The writer of YAML loads with the first one. */
export function ComponentYaml({ component, name }: ComponentYamlProps) {
  const text = useQuery({
    queryKey: ['component-yaml', name, component.version],
    queryFn: async () => (await import('@pipewright/shared/yaml/write-component.ts')).writeComponent(component),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  if (text === undefined) return null;
  return (
    <DetailPart title="YAML" beside={<CopyButton text={text} label="Copy the YAML" />}>
      <DetailCode text={text} label={`YAML of ${name}`} />
    </DetailPart>
  );
}
