import { Button, Textarea } from '@mantine/core';
import { IconAlertOctagonFilled, IconInfoCircle } from '@tabler/icons-react';
import { commandProblems, type CommandFix } from './command-problems.ts';
import type { WrittenComponent } from './written-component.ts';
import classes from './code.module.css';

interface CommandFieldProps {
  readonly written: WrittenComponent;
  readonly command: string;
  readonly isReadOnly: boolean;
  readonly onChange: (next: CommandFix['change']) => void;
}

const hint =
  'Runs under bash in the folder of the code. ${{inputs.NAME}} and ${{outputs.NAME}} stand for values and paths; $[[ … ]] is left out where an input has none.';

/** The command of a component; what is wrong with it is said as it is typed, with ways out. */
export function CommandField({ written, command, isReadOnly, onChange }: CommandFieldProps) {
  const problems = commandProblems(written);
  return (
    <div className={classes.command}>
      <Textarea
        label="Command"
        description={hint}
        classNames={{ input: 'pw-mono' }}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        value={command}
        error={problems.some(({ severity }) => severity === 'error')}
        readOnly={isReadOnly}
        onChange={(event) => onChange({ command: event.currentTarget.value })}
      />
      {problems.length > 0 && (
        <ul className={classes.commandProblems} aria-label="About the command">
          {problems.map(({ severity, text, fixes }) => (
            <li key={text} data-severity={severity}>
              {severity === 'error' ? (
                <IconAlertOctagonFilled size={14} color="var(--pw-err)" aria-hidden />
              ) : (
                <IconInfoCircle size={14} stroke={1.8} aria-hidden />
              )}
              <span>{text}</span>
              {!isReadOnly &&
                fixes.map(({ label, change }) => (
                  <Button key={label} size="compact-xs" variant="default" onClick={() => onChange(change)}>
                    {label}
                  </Button>
                ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
