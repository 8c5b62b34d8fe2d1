import { Button, Menu, VisuallyHidden } from '@mantine/core';
import { IconBolt, IconChevronDown, IconPlayerPlayFilled, IconRefreshOff, IconRoute } from '@tabler/icons-react';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { useDerived } from '../store/editor-context.tsx';
import { useRunDialog } from './use-run-dialog.ts';
import { useStartRun } from './use-start-run.ts';
import { countPlan, runRange } from './count-plan.ts';
import classes from './run.module.css';

/** Runs the pipeline, and says beforehand what that comes to. */
export function RunButton() {
  const plan = useDerived((derived) => derived.plan);
  const dialog = useRunDialog();
  const start = useStartRun();
  const counts = plan && plan.steps.length > 0 ? countPlan(plan) : null;
  const icon = { size: 15, stroke: 1.8 } as const;
  const runNow = (): void => void start.run({});
  useCommands('editor.run-button', [
    { id: 'editor.run', title: 'Run…', group: 'Run', keys: 'Ctrl+Enter', keywords: 'plan execute start', run: () => dialog.open({ force: false }) },
    { id: 'editor.run-now', title: 'Run at once', group: 'Run', keys: 'Ctrl+Shift+Enter', run: runNow },
    { id: 'editor.run-forced', title: 'Run, ignore earlier results…', group: 'Run', keywords: 'force rerun cache', run: () => dialog.open({ force: true }) },
  ]);
  return (
    <span className={classes.split} data-tour="run">
      <Button leftSection={<IconPlayerPlayFilled size={14} />} onClick={() => dialog.open({ force: false })}>
        Run
        {/* The name begins as it is seen, and says in words what the figures say. */}
        <VisuallyHidden> pipeline{counts && `, ${runRange(counts)} steps will run, ${counts.reuse} will be reused`}</VisuallyHidden>
        {counts && (
          <span className={classes.runSum} aria-hidden>
            {runRange(counts)} run · {counts.reuse} reuse
          </span>
        )}
      </Button>
      <Menu position="bottom-end" width={248} withinPortal>
        <Menu.Target>
          <Button className={classes.splitEnd} aria-label="Run options">
            <IconChevronDown size={15} stroke={2} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRoute {...icon} />} rightSection={<CommandKeys of="editor.run" />} onClick={() => dialog.open({ force: false })}>
            See the plan, then run
          </Menu.Item>
          <Menu.Item leftSection={<IconBolt {...icon} />} rightSection={<CommandKeys of="editor.run-now" />} onClick={runNow}>
            Run at once
          </Menu.Item>
          <Menu.Item leftSection={<IconRefreshOff {...icon} />} onClick={() => dialog.open({ force: true })}>
            Ignore earlier results
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
