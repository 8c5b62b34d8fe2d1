import { isDataType, type PortType } from '@pipewright/shared/component/port-type.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { Chip } from '../../../ui/feedback/chip.tsx';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { titleOf } from '../model/search-components.ts';
import { PaletteCard } from './palette-card.tsx';
import classes from './palette.module.css';

interface ComponentCardProps {
  readonly item: RegisteredComponent;
  /** The ports that would be connected at once. */
  readonly wired?: { readonly input: string | null; readonly output: string | null };
}

const nothingWired = { input: null, output: null } as const;

/** What a component is, what it takes and what it gives. */
export function ComponentCard({ item, wired = nothingWired }: ComponentCardProps) {
  const { component } = item;
  const extension = component['x-pipewright'];
  return (
    <PaletteCard
      mark={<FamilyTile family={extension?.family ?? 'other'} icon={extension?.icon} />}
      title={titleOf(item)}
      name={item.name}
      version={`version ${item.version}${item.source === 'built-in' ? ' · built-in' : ''}`}
      description={component.description ?? extension?.summary ?? ''}
    >
      <Ports title="Takes" ports={component.inputs} wired={wired.input} />
      <Ports title="Gives" ports={component.outputs} wired={wired.output} />
    </PaletteCard>
  );
}

interface PortsProps {
  readonly title: string;
  readonly wired: string | null;
  readonly ports: Readonly<
    Record<string, { readonly type: PortType; readonly optional?: unknown; readonly 'x-pipewright'?: { readonly label?: string | undefined } | undefined }>
  >;
}

function Ports({ title, ports, wired }: PortsProps) {
  const data = Object.entries(ports).filter(([name, { type }]) => isDataType(type) || name === wired);
  if (data.length === 0) return null;
  return (
    <div className={classes.cardPorts}>
      <span className="pw-xs pw-muted">{title}</span>
      <ul>
        {data.map(([name, port]) => (
          <li key={name}>
            <PortGlyph type={port.type} size={12} isOptional={port.optional === true} isConnected={port.optional !== true} />
            <span>{port['x-pipewright']?.label ?? name}</span>
            <span className="pw-mono pw-muted">{port.type}</span>
            {name === wired ? <Chip tone="brand">connects</Chip> : port.optional === true && <span className="pw-muted">optional</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
