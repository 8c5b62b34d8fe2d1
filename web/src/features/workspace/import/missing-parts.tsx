import type { MissingPart } from '@pipewright/shared/http/imports.ts';
import classes from '../workspace.module.css';
import { placeOf } from './found-problems.tsx';

const words: Readonly<Record<MissingPart['kind'], string>> = {
  component: 'component',
  code: 'code',
  include: 'include',
  environment: 'environment',
  conda: 'conda file',
  build: 'build folder',
  data: 'data',
};

/** What a pipeline names and nobody brought. */
export function MissingParts({ parts }: { readonly parts: readonly MissingPart[] }) {
  return (
    <ul className={classes.problemList} aria-label="Missing parts" tabIndex={0}>
      {parts.map((part, index) => (
        <li key={index} className={classes.problem} data-missing={part.kind}>
          <span className={classes.severity}>{words[part.kind]}</span>
          <span>
            <span className="pw-mono">{part.path}</span> {part.step !== undefined && <span className="pw-t2">of {part.step}</span>}{' '}
            <span className={`pw-mono pw-muted ${classes.place}`}>{placeOf(part)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
