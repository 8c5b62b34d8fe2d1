import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconArrowBarToUp, IconDots, IconLink, IconLinkOff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { describeField, type ParameterField } from '../../model/parameter-fields.ts';
import { bindInput } from '../../model/pipeline-ports.ts';
import { useEditor, useEditorState } from '../../store/editor-context.tsx';
import { PromoteForm } from './promote-form.tsx';

/** What can be done with a parameter besides setting it. */
export function ParameterMenu({ step, field }: { readonly step: string; readonly field: ParameterField }) {
  const { store } = useEditor();
  const [isPromoting, setIsPromoting] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const inputs = useEditorState((state) => state.content.document.inputs);
  const { name, label, definition, content } = field;
  const icon = { size: 15, stroke: 1.8 } as const;
  const isBound = content.kind === 'binding' || content.kind === 'template';
  const isDefault = content.kind === 'absent' || (content.kind === 'literal' && content.value === field.fallback);
  const readable = Object.keys(inputs).filter((input) => {
    const { type } = pipelineInputValue(inputs[input]);
    return type === null || isScalarType(type);
  });
  const edit = (title: string, ops: Parameters<ReturnType<typeof store.getState>['edit']>[0]): void => void store.getState().edit(ops, { label: title });
  // The item that had the keyboard is gone by now.
  const endPromoting = (): void => {
    setIsPromoting(false);
    setTimeout(() => button.current?.focus());
  };
  return (
    <>
      <Menu position="bottom-end" width={250} withinPortal>
        <Menu.Target>
          <ActionIcon ref={button} aria-label={`More for ${label}`}>
            <IconDots size={14} stroke={1.8} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {describeField(field) !== '' && <Menu.Label>{describeField(field)}</Menu.Label>}
          {/* Left out rather than off: the arrows do not come past a first item that is off. */}
          {!isDefault && (
            <Menu.Item
              leftSection={isBound ? <IconLinkOff {...icon} /> : <IconArrowBackUp {...icon} />}
              onClick={() => edit(`${isBound ? 'Unbind' : 'Reset'} ${label}`, [{ op: 'step.setInput', step, input: name }])}
            >
              {isBound ? 'Unbind' : field.fallback === null ? 'Clear' : `Reset to ${String(field.fallback).slice(0, 24) || 'the default'}`}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconArrowBarToUp {...icon} />} disabled={isBound} onClick={() => setIsPromoting(true)}>
            Make it a pipeline input…
          </Menu.Item>
          {readable.length > 0 && <Menu.Label>Take it from the pipeline’s</Menu.Label>}
          {readable.map((input) => (
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
      {isPromoting && <PromoteForm step={step} name={name} label={label} definition={definition} onClose={endPromoting} />}
    </>
  );
}
