import type { Scalar } from '@pipewright/shared/json.ts';
import { type Binding, formatBinding } from '@pipewright/shared/expressions/binding.ts';
import { Autocomplete } from '@mantine/core';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { boundValue, type ParameterField, readTyped, shortBinding } from '../../model/parameter-fields.ts';
import { completions, scalarSources } from '../../model/scalar-sources.ts';
import { useDerived, useEditorState } from '../../store/editor-context.tsx';
import { useVisit } from '../use-visit.ts';
import classes from './parameters.module.css';

interface ExpressionFieldProps {
  readonly step: string;
  readonly field: ParameterField;
  readonly isReadOnly: boolean;
  readonly hasError: boolean;
  readonly describedBy: string;
  readonly startsWriting: boolean;
  readonly onChange: (value: Scalar | undefined, gesture?: string) => void;
  /** The field was left without an expression in it. */
  readonly onLeave: () => void;
}

/** A parameter that takes its value from elsewhere: what it reads and what that is now, or the text of it with help while it is written. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { field, isReadOnly, startsWriting, onLeave } = props;
  const { content, label } = field;
  const [isWriting, setIsWriting] = useState(startsWriting);
  const binding = content.kind === 'binding' ? content.binding : null;
  if (isWriting && !isReadOnly) {
    const leave = (): void => {
      setIsWriting(false);
      onLeave();
    };
    return <Writing {...props} onDone={leave} />;
  }
  const says = binding ? shortBinding(binding) : content.kind === 'template' ? content.text : '';
  return (
    <div className={classes.bound} role="group" aria-label={`${label}, bound to ${says}`}>
      <button
        type="button"
        className={classes.boundText}
        disabled={isReadOnly}
        title={isReadOnly ? says : `${says} · click to edit`}
        onClick={() => setIsWriting(true)}
      >
        {says}
      </button>
      {binding && <BoundValue binding={binding} />}
    </div>
  );
}

/** The text that stands in the file. */
function writtenOf(content: ParameterField['content']): string {
  switch (content.kind) {
    case 'binding':
      return formatBinding(content.binding);
    case 'template':
      return content.text;
    case 'literal':
      return String(content.value);
    default:
      return '';
  }
}

function BoundValue({ binding }: { readonly binding: Binding }) {
  const value = useEditorState((state) => boundValue(binding, state.content.document));
  return value !== '' && <span className={classes.boundValue}>= {value}</span>;
}

function Writing({ step, field, hasError, describedBy, onChange, onDone }: ExpressionFieldProps & { readonly onDone: () => void }) {
  const document = useEditorState((state) => state.content.document);
  const views = useDerived((derived) => derived.views);
  const { content, definition, label } = field;
  const text = writtenOf(content);
  const before = useRef({ text, isThere: content.kind !== 'absent' });
  const visit = useVisit(`${step}.${field.name}`);
  const [typed, setTyped] = useState(text);
  const sources = useMemo(() => scalarSources(document, views, step), [document, views, step]);
  const offered = completions(typed, sources);
  const hints = new Map(offered.map(({ value, source }) => [value, source]));
  const put = (next: string): void => {
    setTyped(next);
    onChange(next === '' ? undefined : next.includes('${{') ? next : readTyped(next, definition), visit.gesture());
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && event.currentTarget.getAttribute('aria-activedescendant') === null) event.currentTarget.blur();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    const { text: was, isThere } = before.current;
    if (typed !== was) onChange(isThere ? (was.includes('${{') ? was : readTyped(was, definition)) : undefined, visit.gesture());
    onDone();
  };
  return (
    <Autocomplete
      autoFocus
      size="xs"
      classNames={{ input: classes.expression ?? '' }}
      data={[...hints.keys()]}
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const source = hints.get(option.value);
        return (
          <span className={classes.source}>
            <span className="pw-mono">{source?.short ?? option.value}</span>
            <span className={classes.kind}>{source ? `${source.type} ${source.hint}` : ''}</span>
          </span>
        );
      }}
      value={typed}
      placeholder="${{ parent.inputs.NAME }}"
      error={hasError}
      aria-label={`Expression of ${label}`}
      aria-describedby={describedBy}
      maxDropdownHeight={240}
      comboboxProps={{ width: 300, position: 'bottom-end' }}
      onFocus={visit.begin}
      onChange={put}
      onKeyDown={handleKeyDown}
      onBlur={onDone}
    />
  );
}
