import { DataType, isScalarType, PortType, ScalarType } from '@pipewright/shared/component/port-type.ts';
import { freeName } from '@pipewright/shared/draft/free-name.ts';
import { ActionIcon, Button, Checkbox, Select, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { newPort, type PythonPort } from './python-step.ts';
import classes from './new-step.module.css';

interface PortRowsProps {
  readonly side: PythonPort['side'];
  readonly ports: readonly PythonPort[];
  /** In their places. */
  readonly wrong: readonly { readonly name: string | null; readonly fallback: string | null }[];
  readonly onChange: (ports: PythonPort[]) => void;
}

const dataTypes = DataType.options.filter((type) => type !== 'path');
const typesOf = { inputs: [...dataTypes, ...ScalarType.options], outputs: dataTypes } as const satisfies Record<PythonPort['side'], readonly PortType[]>;

/** What a step takes, or gives: a row for each. */
export function PortRows({ side, ports, wrong, onChange }: PortRowsProps) {
  const word = side === 'inputs' ? 'input' : 'output';
  const change = (index: number, next: Partial<PythonPort>): void => onChange(ports.map((port, at) => (at === index ? { ...port, ...next } : port)));
  const add = (): void =>
    onChange([
      ...ports,
      newPort(side, freeName(side === 'inputs' ? 'value' : 'result', new Set(ports.map(({ name }) => name))), side === 'inputs' ? 'string' : 'uri_folder'),
    ]);
  return (
    <section aria-label={side === 'inputs' ? 'Inputs' : 'Outputs'} className={classes.ports}>
      <h3 className={classes.head}>{side === 'inputs' ? 'Inputs' : 'Outputs'}</h3>
      {ports.map(
        (port, index) =>
          port.side === side && (
            // A port is known by its place: its name is what is being typed.
            <div key={index} className={classes.port}>
              <TextInput
                size="xs"
                aria-label={`Name of ${word} ${index + 1}`}
                classNames={{ input: 'pw-mono' }}
                value={port.name}
                error={wrong[index]?.name}
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
              <Select
                size="xs"
                aria-label={`Type of ${port.name}`}
                data={[...typesOf[side]]}
                value={port.type}
                allowDeselect={false}
                onChange={(type) => change(index, { type: PortType.parse(type) })}
              />
              <Tooltip label={`Remove ${port.name}`}>
                <ActionIcon aria-label={`Remove ${port.name}`} onClick={() => onChange(ports.filter((_, at) => at !== index))}>
                  <IconTrash size={14} stroke={1.8} />
                </ActionIcon>
              </Tooltip>
              <TextInput
                size="xs"
                aria-label={`Description of ${port.name}`}
                placeholder="What it is for"
                value={port.description}
                onChange={(event) => change(index, { description: event.currentTarget.value })}
              />
              {side === 'inputs' && isScalarType(port.type) && (
                <TextInput
                  size="xs"
                  aria-label={`Default of ${port.name}`}
                  placeholder="no default"
                  value={port.fallback}
                  error={wrong[index]?.fallback}
                  onChange={(event) => change(index, { fallback: event.currentTarget.value })}
                />
              )}
              {side === 'inputs' && port.fallback === '' && (
                <Checkbox
                  size="xs"
                  className={classes.optional ?? ''}
                  label="may be left out"
                  aria-label={`${port.name} may be left out`}
                  checked={port.isOptional}
                  onChange={(event) => change(index, { isOptional: event.currentTarget.checked })}
                />
              )}
            </div>
          ),
      )}
      <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} stroke={1.8} />} onClick={add}>
        Add an {word}
      </Button>
    </section>
  );
}
