import type { InputDefinition, OutputDefinition, ParameterDefinition } from '@pipewright/shared/component/ports.ts';
import { isScalarType, type PortType } from '@pipewright/shared/component/port-type.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { Select } from '@mantine/core';
import { titleOfComponent } from '../../api/components.ts';
import { ArchiveButton } from '../../assets/archive-button.tsx';
import { AssetHistory } from '../../assets/asset-history.tsx';
import { AssetWords } from '../../assets/asset-words.tsx';
import { useQueryParam } from '../../ui/page/use-query-param.ts';
import { Chip } from '../../ui/feedback/chip.tsx';
import { FamilyTile } from '../../ui/graph/family-tile.tsx';
import { Detail, DetailPart } from '../../ui/list-detail/detail.tsx';
import { CopyButton } from '../../ui/text/copy-button.tsx';
import { Markdown } from '../../ui/text/markdown.tsx';
import { ComponentYaml } from './component-yaml.tsx';
import { ParameterTable, PortTable } from './interface-tables.tsx';

interface ComponentDetailProps {
  readonly component: RegisteredComponent;
  /** Newest first. */
  readonly versions: readonly RegisteredComponent[];
}

/** What a component does, takes and gives. */
export function ComponentDetail({ component: registered, versions }: ComponentDetailProps) {
  const [, setVersion] = useQueryParam('version');
  const { component, reference, source, version } = registered;
  const extension = component['x-pipewright'];
  const inputs = Object.entries(component.inputs);
  const ports = inputs.filter(([, definition]) => !isScalarType(definition.type));
  const parameters = inputs.filter((entry): entry is [string, ParameterDefinition] => isParameter(entry[1]));
  const outputs: readonly (readonly [string, OutputDefinition])[] = Object.entries(component.outputs);
  const description = component.description ?? extension?.summary;
  const address = { noun: 'components', name: registered.name, version } as const;
  return (
    <Detail
      mark={<FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} size="lg" />}
      title={titleOfComponent(registered)}
      line={
        <>
          <span className="pw-mono">{reference}</span>
          <CopyButton text={reference} label="Copy the reference" />
          <Chip>{source}</Chip>
          {registered.archivedAt !== null && <Chip tone="warn">archived</Chip>}
          {component.is_deterministic === false && <Chip tone="warn">runs every time</Chip>}
        </>
      }
      actions={
        <>
          {versions.length > 1 && (
            <Select
              w={140}
              aria-label="Version"
              value={version}
              onChange={(value) => setVersion(value ?? '')}
              data={versions.map((other) => ({ value: other.version, label: `Version ${other.version}` }))}
            />
          )}
          <ArchiveButton asset={registered} noun="components" versionCount={versions.length} />
        </>
      }
    >
      {registered.source === 'built-in' ? description !== undefined && <Markdown source={description} /> : <AssetWords asset={registered} address={address} />}
      {ports.length > 0 && (
        <DetailPart title="Inputs">
          <PortTable label="Inputs" ports={ports.map(toPort)} />
        </DetailPart>
      )}
      {outputs.length > 0 && (
        <DetailPart title="Outputs">
          <PortTable label="Outputs" ports={outputs.map(toPort)} />
        </DetailPart>
      )}
      {parameters.length > 0 && (
        <DetailPart title="Parameters">
          <ParameterTable parameters={parameters} />
        </DetailPart>
      )}
      <AssetHistory address={address} />
      <ComponentYaml component={component} name={registered.name} />
    </Detail>
  );
}

const isParameter = (definition: InputDefinition): definition is ParameterDefinition => isScalarType(definition.type);

interface PortLike {
  readonly type: PortType;
  readonly description?: string | undefined;
  readonly optional?: unknown;
}

function toPort([name, { type, description, optional }]: readonly [string, PortLike]) {
  return { name, type, description: description ?? '', isOptional: optional === true };
}
