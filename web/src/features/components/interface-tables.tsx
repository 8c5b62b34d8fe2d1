import type { ParameterDefinition } from '@pipewright/shared/component/ports.ts';
import type { PortType } from '@pipewright/shared/component/port-type.ts';
import { PortGlyph } from '../../ui/graph/port-glyph.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { Truncate } from '../../ui/text/truncate.tsx';

interface Port {
  readonly name: string;
  readonly type: PortType;
  readonly description: string;
  readonly isOptional: boolean;
}

const portColumns: readonly Column<Port>[] = [
  {
    key: 'name',
    head: 'Name',
    width: '30%',
    render: ({ name, type, isOptional }) => (
      <span className="pw-row">
        <PortGlyph type={type} isOptional={isOptional} isConnected={!isOptional} />
        <span className="pw-mono pw-clip">{name}</span>
      </span>
    ),
  },
  { key: 'type', head: 'Type', width: 130, render: ({ type }) => <span className="pw-mono pw-t2">{type}</span> },
  {
    key: 'description',
    head: 'Description',
    wraps: true,
    render: ({ description, isOptional }) => <span className="pw-t2">{isOptional ? `Optional. ${description}` : description}</span>,
  },
];

export function PortTable({ label, ports }: { readonly label: string; readonly ports: readonly Port[] }) {
  return (
    <div className="pw-card">
      <DataTable label={label} columns={portColumns} rows={ports} rowKey={(port) => port.name} />
    </div>
  );
}

type Parameter = readonly [string, ParameterDefinition];

const parameterColumns: readonly Column<Parameter>[] = [
  { key: 'name', head: 'Name', width: '18%', render: ([name]) => <Truncate className="pw-mono">{name}</Truncate> },
  { key: 'type', head: 'Type', width: 82, render: ([, { type }]) => <span className="pw-mono pw-t2">{type}</span> },
  { key: 'default', head: 'Default', width: 110, render: ([, definition]) => <Truncate className="pw-mono">{describeDefault(definition)}</Truncate> },
  { key: 'values', head: 'Values', width: '24%', wraps: true, render: ([, definition]) => <span className="pw-t2">{describeValues(definition)}</span> },
  {
    key: 'description',
    head: 'Description',
    wraps: true,
    render: ([, { description }]) => <span className="pw-t2">{description ?? ''}</span>,
  },
];

export function ParameterTable({ parameters }: { readonly parameters: readonly Parameter[] }) {
  return (
    <div className="pw-card">
      <DataTable label="Parameters" columns={parameterColumns} rows={parameters} rowKey={([name]) => name} />
    </div>
  );
}

function describeDefault({ default: value, optional }: ParameterDefinition): string {
  if (value !== undefined && value !== null) return String(value);
  return optional === true ? 'none' : 'required';
}

function describeValues({ enum: values, min, max, 'x-pipewright': extension }: ParameterDefinition): string {
  const unit = extension?.unit === undefined ? '' : ` ${extension.unit}`;
  if (values !== undefined) return values.join(', ');
  if (min !== undefined && max !== undefined) return `${min} to ${max}${unit}`;
  if (min !== undefined) return `at least ${min}${unit}`;
  return max === undefined ? unit.trim() : `at most ${max}${unit}`;
}
