import type { Run } from '@pipewright/shared/http/runs.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { LockPackages } from '../preview/lock-packages.tsx';
import { CopyButton } from '../ui/text/copy-button.tsx';
import { Section } from '../ui/panels/section.tsx';
import { countOf } from '../ui/format/number.ts';
import classes from './step-run.module.css';
import { InputRow } from './input-row.tsx';

interface ParametersTabProps {
  readonly run: Run;
  readonly step: ResolvedStep;
  readonly stepRun: StepRun;
}

/** Everything the step was given, and where each value came from. */
export function ParametersTab({ run, step, stepRun }: ParametersTabProps) {
  const inputs = Object.entries(step.inputs);
  // What was known of the step before it ran stands among what is said of it as it ran.
  const notes = [...new Set([...step.notes, ...stepRun.notes])];
  const { environment } = step;
  const variables = Object.entries({ ...environment?.variables, ...step.environmentVariables });
  return (
    <div className={classes.scroll}>
      <Section title="Inputs and parameters" summary={countOf(inputs.length, 'input')}>
        <ul className={classes.inputs}>
          {inputs.map(([name, input]) => (
            <InputRow key={name} run={run} name={name} input={input} definition={step.component.inputs[name]} />
          ))}
        </ul>
        {inputs.length === 0 && <p className="pw-sm pw-muted">The step takes nothing.</p>}
      </Section>
      {notes.length > 0 && (
        <Section title="Notes" summary={countOf(notes.length, 'note')}>
          <ul className={classes.notes}>
            {notes.map((note, index) => (
              <li key={index}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Environment" summary={environment ? (environment.python ?? 'any Python') : 'base Python'} isOpenAtFirst={false}>
        {environment && environment.requirements.length > 0 ? (
          <pre className={classes.code}>{environment.requirements.join('\n')}</pre>
        ) : (
          <p className="pw-sm pw-muted">No packages are asked for.</p>
        )}
        {stepRun.lock !== undefined && <LockPackages lock={stepRun.lock} />}
        {variables.length > 0 && <pre className={classes.code}>{variables.map(([name, value]) => `${name}=${value}`).join('\n')}</pre>}
      </Section>
      <Section title="Command" summary={step.compute} isOpenAtFirst={false}>
        <div className={classes.command}>
          <pre className={classes.code}>{step.component.command}</pre>
          <CopyButton text={step.component.command} label="Copy the command" />
        </div>
      </Section>
    </div>
  );
}
