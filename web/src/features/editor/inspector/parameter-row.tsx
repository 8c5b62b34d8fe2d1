import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowBarToUp, IconDots, IconLink, IconLinkOff } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { describeRange, boundValue, type ParameterField, shortBinding } from '../model/parameter-fields.ts';
import { bindInput, promoteInput } from '../model/pipeline-ports.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { ParameterWidget } from './parameter-widget.tsx';
import { useFocusField } from './use-focus-field.ts';
import { ProblemLine } from './problem-line.tsx';
import classes from './inspector.module.css';

interface ParameterRowProps {
  readonly step: string;
  readonly field: ParameterField;
  readonly problems: readonly Problem[];
  readonly was: string | null;
  readonly columns: readonly string[];
}

/** One parameter: its name, its control or its binding, what is wrong with it, and what can be done about it. */
export function ParameterRow({ step, field, problems, was, columns }: ParameterRowProps) {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { name, label, content, isRequired } = field;
  const describedBy = useId();
  const row = useRef<HTMLDivElement>(null);
  useFocusField(row, step, name);
  const isTall = field.widget === 'python' || field.widget === 'sql' || field.widget === 'lines';
  const isWrong = problems.some(({ severity }) => severity === 'error');
  const value = content.kind === 'literal' ? content.value : content.kind === 'template' ? content.text : null;
  return (
    <div className={classes.row} data-tall={isTall || undefined} data-parameter={name} ref={row}>
      <div className={classes.label}>
        {was !== null && <i className={classes.changed} title={`Changed since the run, where it was ${was}`} />}
        <Tooltip label={<Description field={field} />} disabled={describe(field) === ''} multiline w={260} position="left" openDelay={400}>
          <span className="pw-clip" tabIndex={-1}>
            {label}
            {isRequired && <span className={classes.required}> *</span>}
          </span>
        </Tooltip>
        <span id={describedBy} className="pw-hidden">
          {describe(field)}
        </span>
      </div>
      <div className={classes.control}>
        {content.kind === 'binding' ? (
          <BoundField field={field} binding={content.binding} />
        ) : (
          <ParameterWidget
            field={field}
            id={`${step}.${name}`}
            value={value}
            isReadOnly={isReadOnly}
            hasError={isWrong}
            was={was}
            columns={columns}
            describedBy={describedBy}
            onChange={(next, gesture) =>
              store.getState().edit([{ op: 'step.setInput', step, input: name, ...(next === undefined ? {} : { value: next }) }], {
                label: `Set ${label}`,
                ...(gesture === undefined ? {} : { gesture, pace: 'typing' }),
              })
            }
          />
        )}
        {problems.map((problem, index) => (
          <ProblemLine key={index} problem={problem} />
        ))}
      </div>
      {!isReadOnly && (
        <span className={classes.rowMenu}>
          <RowMenu step={step} field={field} />
        </span>
      )}
    </div>
  );
}

function describe({ definition, fallback }: ParameterField): string {
  const range = describeRange(definition);
  const parts = [definition.description?.trim(), range === '' ? undefined : `Range: ${range}.`, fallback === null ? undefined : `Default: ${fallback}.`];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function Description({ field }: { readonly field: ParameterField }) {
  return <span className="pw-sm">{describe(field)}</span>;
}

function BoundField({ field, binding }: { readonly field: ParameterField; readonly binding: Parameters<typeof shortBinding>[0] }) {
  const value = useEditorState((state) => boundValue(binding, state.content.document));
  return (
    <div className={classes.bound} aria-label={`${field.label}, bound to ${shortBinding(binding)}`} role="group">
      <span className="pw-mono pw-clip">{shortBinding(binding)}</span>
      {value !== '' && <span className={classes.boundValue}>= {value}</span>}
    </div>
  );
}

function RowMenu({ step, field }: { readonly step: string; readonly field: ParameterField }) {
  const { store } = useEditor();
  const inputs = useEditorState((state) => state.content.document.inputs);
  const { name, label, definition, content } = field;
  const edit = (title: string, ops: Parameters<ReturnType<typeof store.getState>['edit']>[0]): void => void store.getState().edit(ops, { label: title });
  const icon = { size: 15, stroke: 1.8 } as const;
  const isBound = content.kind === 'binding';
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={`More for ${label}`}>
          <IconDots size={14} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={isBound ? <IconLinkOff {...icon} /> : <IconArrowBackUp {...icon} />}
          disabled={content.kind === 'absent'}
          onClick={() => edit(`${isBound ? 'Unbind' : 'Reset'} ${label}`, [{ op: 'step.setInput', step, input: name }])}
        >
          {isBound ? 'Unbind' : field.fallback === null ? 'Clear' : `Reset to ${String(field.fallback).slice(0, 24) || 'the default'}`}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowBarToUp {...icon} />}
          disabled={isBound}
          onClick={() => edit(`Make ${label} a pipeline input`, promoteInput(store.getState().content.document, { step, port: name }, definition).ops)}
        >
          Make it a pipeline input
        </Menu.Item>
        {Object.keys(inputs).length > 0 && <Menu.Label>Take it from the pipeline’s</Menu.Label>}
        {Object.keys(inputs).map((input) => (
          <Menu.Item
            key={input}
            leftSection={<IconLink {...icon} />}
            onClick={() => edit(`Bind ${label} to ${input}`, [bindInput({ step, port: name }, input)])}
          >
            <span className="pw-mono">{input}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
