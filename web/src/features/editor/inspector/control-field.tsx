import type { ReactNode } from 'react';
import { useEditorState } from '../store/editor-context.tsx';
import { TypedText } from './typed-text.tsx';
import classes from './inspector.module.css';

interface ControlFieldProps {
  readonly stepKey: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly unit?: string;
  readonly onType: (text: string, gesture: string) => void;
}

/** A key of the step's control flow that is typed. */
export function ControlField({ stepKey, name, label, value, placeholder, unit, onType }: ControlFieldProps) {
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  return (
    <ControlRow label={label}>
      <TypedText
        field={`${stepKey}.${name}`}
        label={label}
        value={value}
        isReadOnly={isReadOnly}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(unit === undefined ? {} : { isNumber: true, beside: <span className={classes.unit}>{unit}</span>, besideWidth: 64 })}
        onType={onType}
      />
    </ControlRow>
  );
}

export function ControlRow({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span className={classes.label}>{label}</span>
      <div className={classes.control}>{children}</div>
    </div>
  );
}
