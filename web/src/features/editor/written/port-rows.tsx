import { DataType, isScalarType, PortType, ScalarType } from '@pipewright/shared/component/port-type.ts';
import { freeName } from '@pipewright/shared/draft/free-name.ts';
import { ActionIcon, Button, Checkbox, Select, TagsInput, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { isChosen, isNumeric, newPort, type WrittenPort, type WrongPort } from './written-port.ts';
import classes from './written.module.css';

interface PortRowsProps {
  readonly side: WrittenPort['side'];
  readonly ports: readonly WrittenPort[];
  /** In their places. */
  readonly wrong: readonly WrongPort[];
  readonly isReadOnly?: boolean;
  readonly onChange: (ports: WrittenPort[]) => void;
}

const dataTypes = DataType.options.filter((type) => type !== 'path');
const typesOf = { inputs: [...dataTypes, ...ScalarType.options], outputs: dataTypes } as const satisfies Record<WrittenPort['side'], readonly PortType[]>;

/** What a component takes, or gives: a row for each. */
export function PortRows({ side, ports, wrong, isReadOnly = false, onChange }: PortRowsProps) {
  const word = side === 'inputs' ? 'input' : 'output';
  const taken = new Set(ports.map(({ name }) => name));
  const add = (): void =>
    onChange([...ports, newPort(side, freeName(side === 'inputs' ? 'value' : 'result', taken), side === 'inputs' ? 'string' : 'uri_folder')]);
  const adding = useRef<HTMLButtonElement>(null);
  const remove = (index: number): void => {
    // A port is known by its place: the button of the last one goes away, under the keyboard.
    if (index === ports.findLastIndex((port) => port.side === side)) adding.current?.focus();
    onChange(ports.filter((_, at) => at !== index));
  };
  return (
    <section aria-label={side === 'inputs' ? 'Inputs' : 'Outputs'} className={classes.ports}>
      <h3 className={classes.head}>{side === 'inputs' ? 'Inputs' : 'Outputs'}</h3>
      {ports.map(
        (port, index) =>
          port.side === side && (
            <PortRow
              // A port is known by its place: its name is what is being typed.
              key={index}
              port={port}
              label={`${word} ${index + 1}`}
              wrong={wrong[index]}
              isReadOnly={isReadOnly}
              onChange={(next) => onChange(ports.map((other, at) => (at === index ? { ...other, ...next } : other)))}
              onRemove={() => remove(index)}
            />
          ),
      )}
      {!isReadOnly && (
        <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} stroke={1.8} />} onClick={add} ref={adding}>
          Add an {word}
        </Button>
      )}
    </section>
  );
}

interface PortRowProps {
  readonly port: WrittenPort;
  readonly label: string;
  readonly wrong: WrongPort | undefined;
  readonly isReadOnly: boolean;
  readonly onChange: (next: Partial<WrittenPort>) => void;
  readonly onRemove: () => void;
}

function PortRow({ port, label, wrong, isReadOnly, onChange, onRemove }: PortRowProps) {
  const { side, name, type, fallback } = port;
  const [areLimitsOpen, setAreLimitsOpen] = useState(port.min !== '' || port.max !== '' || port.choices.length > 0);
  // What is wrong is never hidden.
  const areLimitsShown = areLimitsOpen || [wrong?.min, wrong?.max, wrong?.choices].some((why) => typeof why === 'string');
  const types: readonly PortType[] = [...typesOf[side]];
  const hasDefault = side === 'inputs' && isScalarType(type);
  return (
    <div className={classes.port}>
      <TextInput
        size="xs"
        aria-label={`Name of ${label}`}
        classNames={{ input: 'pw-mono' }}
        value={name}
        error={wrong?.name}
        readOnly={isReadOnly}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        size="xs"
        aria-label={`Type of ${name}`}
        data={types.includes(type) ? [...types] : [...types, type]}
        value={type}
        allowDeselect={false}
        readOnly={isReadOnly}
        onChange={(next) => onChange({ type: PortType.parse(next) })}
      />
      {!isReadOnly && (
        <Tooltip label={`Remove ${name}`}>
          <ActionIcon aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconTrash size={14} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      )}
      <TextInput
        size="xs"
        className={hasDefault ? '' : (classes.wide ?? '')}
        aria-label={`Description of ${name}`}
        placeholder="What it is for"
        value={port.description}
        readOnly={isReadOnly}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      {hasDefault && (
        <TextInput
          size="xs"
          leftSection={<span className="pw-xs pw-muted">default</span>}
          leftSectionWidth={54}
          aria-label={`Default of ${name}`}
          placeholder="none"
          value={fallback}
          error={wrong?.fallback}
          readOnly={isReadOnly}
          onChange={(event) => onChange({ fallback: event.currentTarget.value })}
        />
      )}
      {side === 'inputs' && (
        <div className={classes.more}>
          {fallback === '' ? (
            <Checkbox
              size="xs"
              label="may be left out"
              aria-label={`${name} may be left out`}
              checked={port.isOptional}
              disabled={isReadOnly}
              onChange={(event) => onChange({ isOptional: event.currentTarget.checked })}
            />
          ) : (
            <span />
          )}
          {isChosen(type) && (
            <Button size="compact-xs" variant="subtle" aria-expanded={areLimitsShown} onClick={() => setAreLimitsOpen(!areLimitsShown)}>
              {isNumeric(type) ? 'Limits and choices' : 'Choices'}
            </Button>
          )}
        </div>
      )}
      {side === 'inputs' && areLimitsShown && <Limits port={port} wrong={wrong} isReadOnly={isReadOnly} onChange={onChange} />}
    </div>
  );
}

function Limits({ port, wrong, isReadOnly, onChange }: Omit<PortRowProps, 'label' | 'onRemove'>) {
  const { name, type } = port;
  return (
    <>
      {isNumeric(type) && (
        <div className={classes.limits}>
          {(['min', 'max'] as const).map((limit) => (
            <TextInput
              key={limit}
              size="xs"
              inputMode="decimal"
              aria-label={`${limit === 'min' ? 'Least' : 'Most'} of ${name}`}
              placeholder={limit === 'min' ? 'at least' : 'at most'}
              value={port[limit]}
              error={wrong?.[limit]}
              readOnly={isReadOnly}
              onChange={(event) => onChange({ [limit]: event.currentTarget.value })}
            />
          ))}
        </div>
      )}
      {isChosen(type) && (
        <TagsInput
          size="xs"
          className={classes.choices ?? ''}
          aria-label={`Choices of ${name}`}
          placeholder={port.choices.length === 0 ? 'any value; Enter after each choice' : ''}
          value={port.choices}
          error={wrong?.choices}
          readOnly={isReadOnly}
          onChange={(choices) => onChange({ choices })}
        />
      )}
    </>
  );
}
