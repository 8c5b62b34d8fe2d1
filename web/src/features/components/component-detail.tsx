import type { InputDefinition, OutputDefinition, ParameterDefinition } from '@pipewright/shared/component/ports.ts';
import { isScalarType, type PortType } from '@pipewright/shared/component/port-type.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { titleOfComponent } from '../../api/components.ts';
import { AssetHistory } from '../../assets/asset-history.tsx';
import { AssetWords } from '../../assets/asset-words.tsx';
import { VersionedDetail } from '../../assets/versioned-detail.tsx';
import { Chip } from '../../ui/feedback/chip.tsx';
import { FamilyTile } from '../../ui/graph/family-tile.tsx';
import { DetailPart } from '../../ui/list-detail/detail.tsx';
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
  const { component, source, version } = registered;
  const extension = component['x-pipewright'];
  const inputs = Object.entries(component.inputs);
  const ports = inputs.filter(([, definition]) => !isScalarType(definition.type));
  const parameters = inputs.filter((entry): entry is [string, ParameterDefinition] => isParameter(entry[1]));
  const outputs: readonly (readonly [string, OutputDefinition])[] = Object.entries(component.outputs);
  const description = component.description ?? extension?.summary;
  const address = { noun: 'components', name: registered.name, version } as const;
  return (
    <VersionedDetail
      mark={<FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} size="lg" />}
      title={titleOfComponent(registered)}
      noun="components"
      asset={registered}
      versions={versions}
      chips={
        <>
          <Chip>{source}</Chip>
          {component.is_deterministic === false && <Chip tone="warn">runs every time</Chip>}
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
    </VersionedDetail>
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
