import { lazy, Suspense } from 'react';
import classes from './code.module.css';

export type CodeLanguage = 'python' | 'sql' | 'yaml' | 'json' | 'text';

export interface CodeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly language: CodeLanguage;
  readonly isReadOnly?: boolean;
  readonly placeholder?: string;
  /** `field`: grows with its text inside a form; `page`: fills what holds it. */
  readonly form?: 'field' | 'page';
  readonly onChange?: (value: string) => void;
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
}

/** As much of a text as is seen in a moment; all of one of megabytes would take seconds to draw. */
const mostWaiting = 10_000;

/** The editor loads with the first field of code that is shown. */
const CodeMirrorField = lazy(async () => ({ default: (await import('./code-mirror-field.tsx')).CodeMirrorField }));

/** Text that is code: highlighted, indented by Tab, numbered. Until the editor is there the text can be read. */
export function CodeField(props: CodeFieldProps) {
  return (
    <Suspense
      fallback={
        <pre className={classes.waiting} data-form={props.form ?? 'field'}>
          {props.value.slice(0, mostWaiting)}
        </pre>
      }
    >
      <CodeMirrorField {...props} />
    </Suspense>
  );
}
