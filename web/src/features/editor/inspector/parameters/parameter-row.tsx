import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMathFunction } from '@tabler/icons-react';
import { type ClipboardEvent, memo, useId, useRef, useState } from 'react';
import { describeField, isTallWidget, type ParameterField } from '../../model/parameter-fields.ts';
import { literalOfBinding } from '../../model/pipeline-ports.ts';
import { useEditor, useEditorState } from '../../store/editor-context.tsx';
import { ProblemLine } from '../problem-line.tsx';
import { useFocusField } from '../use-focus-field.ts';
import { ExpressionField } from './expression-field.tsx';
import { ParameterMenu } from './parameter-menu.tsx';
import { ParameterWidget } from './parameter-widget.tsx';
import { pasteLongText } from './paste-long-text.ts';
import { useLongText } from './use-long-text.ts';
import rowClasses from '../inspector.module.css';
import classes from './parameters.module.css';

interface ParameterRowProps {
  readonly step: string;
  readonly field: ParameterField;
  readonly problems: readonly Problem[];
  readonly was: string | null;
}

/** One parameter: its name, its control or its expression, what is wrong with it, and what can be done about it. */
export const ParameterRow = memo(function ParameterRow({ step, field, problems, was }: ParameterRowProps) {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { name, label, content } = field;
  const describedBy = useId();
  const row = useRef<HTMLDivElement>(null);
  const [isWriting, setIsWriting] = useState(false);
  useFocusField(row, step, name);
  const isBound = content.kind === 'binding' || content.kind === 'template';
  const isExpression = isBound || isWriting;
  const value = content.kind === 'literal' ? content.value : null;
  const control = useRef<HTMLDivElement>(null);
  const { endVisit, onFocus, ...long } = useLongText(control, field, value);
  const isTall = !isExpression && (isTallWidget(field.widget) || long.isShown);
  const hasError = problems.some(({ severity }) => severity === 'error');
  const set = (value: Scalar | undefined, gesture?: string): void =>
    void store.getState().edit([{ op: 'step.setInput', step, input: name, ...(value === undefined ? {} : { value }) }], {
      label: `Set ${label}`,
      ...(gesture === undefined ? {} : { gesture, pace: 'typing' }),
    });
  const toggle = (): void => {
    if (isBound) set(literalOfBinding(store.getState().content.document, content) ?? undefined);
    setIsWriting(!isExpression);
  };
  const handlePaste = (event: ClipboardEvent): void => {
    const text = isExpression || isReadOnly ? null : pasteLongText(event, field);
    if (text === null) return;
    event.preventDefault();
    endVisit();
    set(text);
  };
  const clear = (): void => {
    endVisit();
    set(field.fallback === null ? '' : undefined);
  };
  const common = { step, field, isReadOnly, hasError, describedBy, onChange: set } as const;
  return (
    <div className={rowClasses.row} data-tall={isTall || undefined} data-parameter={name} ref={row}>
      <ParameterLabel field={field} was={was} describedBy={describedBy} />
      <div className={rowClasses.control} onPaste={handlePaste} onFocus={onFocus} ref={control}>
        {isExpression ? (
          <ExpressionField {...common} startsWriting={isWriting} onLeave={() => setIsWriting(false)} />
        ) : (
          <ParameterWidget {...common} id={`${step}.${name}`} value={value} was={was} long={long} onClear={clear} />
        )}
        {problems.map((problem, index) => (
          <ProblemLine key={index} problem={problem} />
        ))}
      </div>
      {!isReadOnly && (
        <span className={rowClasses.rowMenu}>
          <Tooltip label={isExpression ? 'Give a value instead' : 'Write an expression'}>
            <ActionIcon
              className={classes.fx}
              aria-label={`Expression for ${label}`}
              aria-pressed={isExpression}
              data-active={isExpression || undefined}
              // The field that is written in must not be left by the press itself: leaving it ends the expression, and the click would begin it anew.
              onMouseDown={(event) => event.preventDefault()}
              onClick={(event) => {
                event.currentTarget.focus();
                toggle();
              }}
            >
              <IconMathFunction size={14} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
          <ParameterMenu step={step} field={field} />
        </span>
      )}
    </div>
  );
});

function ParameterLabel({ field, was, describedBy }: { readonly field: ParameterField; readonly was: string | null; readonly describedBy: string }) {
  const description = describeField(field);
  return (
    <div className={rowClasses.label}>
      {was !== null && <i className={rowClasses.changed} title={`Changed since the run, where it was ${was}`} />}
      <Tooltip label={<span className="pw-sm">{description}</span>} disabled={description === ''} multiline w={260} position="left" openDelay={400}>
        <span className="pw-clip">
          {field.label}
          {field.isRequired && (
            <span className={rowClasses.required} title="It must be given a value">
              {' '}
              *
            </span>
          )}
        </span>
      </Tooltip>
      <span id={describedBy} className="pw-hidden">
        {field.isRequired ? `Required. ${description}` : description}
      </span>
    </div>
  );
}
