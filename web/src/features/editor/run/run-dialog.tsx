import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import type { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import type { Plan } from '@pipewright/shared/run/plan.ts';
import { describePart, isPart, type PartOfRun } from '@pipewright/shared/run/run-part.ts';
import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconPlayerPlayFilled, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { KeyHint } from '../../../ui/commands/key-hint.tsx';
import { isFoundByServer } from '../model/merge-problems.ts';
import { partInAddress } from '../model/part-in-address.ts';
import { useDerived, useEditorState, useSaveView } from '../store/editor-context.tsx';
import { selectTitle } from '../store/selectors.ts';
import { PlanPane } from './plan-pane.tsx';
import { RunForm, type RunFormValues } from './run-form.tsx';
import { useRunDialog } from './use-run-dialog.ts';
import { useStartRun } from './use-start-run.ts';
import { submitLabel } from './count-plan.ts';
import { usePlan } from './use-plan.ts';
import classes from './run.module.css';

/** What a run will do, before it does it. */
export function RunDialog() {
  const dialog = useRunDialog();
  const { isOpen, isForced, part } = dialog;
  const [asked, setAsked] = useState({ isForced, part });
  // While it fades it is still what it was opened for.
  if (isOpen && (asked.isForced !== isForced || asked.part !== part)) setAsked({ isForced, part });
  return (
    <Modal
      opened={isOpen}
      onClose={dialog.close}
      withCloseButton={false}
      padding={0}
      size={1120}
      centered
      attributes={{ content: { 'aria-label': 'Run pipeline' } }}
    >
      <DialogBody key={`${asked.isForced} ${partInAddress(asked.part)}`} isOpen={isOpen} isForced={asked.isForced} asked={asked.part} onClose={dialog.close} />
    </Modal>
  );
}

interface DialogBodyProps {
  readonly isOpen: boolean;
  readonly isForced: boolean;
  readonly asked: PartOfRun;
  readonly onClose: () => void;
}

function DialogBody({ isOpen, isForced, asked, onClose }: DialogBodyProps) {
  const title = useEditorState(selectTitle);
  const document = useEditorState((state) => state.content.document);
  const revision = useSaveView((view) => view.revision);
  const here = useDerived((derived) => derived.problems);
  const drawn = useDerived((derived) => derived.drawn);
  const [values, setValues] = useState<RunFormValues>({
    part: asked,
    name: '',
    experiment: '',
    inputs: {},
    goesOn: document.settings.continue_on_step_failure !== false,
    force: isForced || document.settings.force_rerun === true,
  });
  const options = useMemo(() => optionsOf(values, document.settings.continue_on_step_failure !== false), [values, document.settings]);
  const { part } = values;
  // A value of the pipeline's may be given right here, so what hangs on one is left to the server; so is what stands in the way of a part.
  const blocking = (isPart(part) ? [] : here).filter(
    (problem) => problem.severity === 'error' && problem.code !== 'missing-pipeline-input' && !isFoundByServer(problem),
  );
  const plan = usePlan(options, blocking.length === 0);
  const start = useStartRun();
  const problems = blocking.length > 0 ? blocking : (start.refused?.problems ?? errorsOf(plan.plan));
  const isBlocked = problems.length > 0;
  const submit = (): void => {
    if (isOpen && !isBlocked && !start.isStarting) void start.run(options);
  };
  const handleKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    submit();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Ctrl+Enter runs, wherever in the dialog the keyboard is
    <div className={classes.dialog} onKeyDown={handleKeyDown} data-run-dialog>
      <div className={classes.dialogHead}>
        <div className="pw-grow">
          <h2>{isPart(part) ? `Run ${describePart(part, (step) => drawn.get(step)?.title ?? step)}` : 'Run pipeline'}</h2>
          <p className="pw-sm pw-muted pw-clip">
            {title} · draft, revision {revision}
          </p>
        </div>
        <ActionIcon aria-label="Close" onClick={onClose}>
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </div>
      <div className={classes.dialogBody}>
        <RunForm values={values} onChange={setValues} />
        <PlanPane
          plan={isBlocked ? null : plan.plan}
          problems={problems}
          error={start.refused && !isBlocked ? start.refused.message : plan.isError ? messageOf(plan.error) : null}
          isPlanning={plan.isFetching}
          onJump={onClose}
        />
      </div>
      <div className={classes.dialogFoot}>
        <span className="pw-grow" />
        <KeyHint keys="Ctrl+Enter" />
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button leftSection={<IconPlayerPlayFilled size={14} />} disabled={isBlocked} loading={start.isStarting} onClick={submit} data-autofocus>
          {submitLabel(isBlocked ? null : plan.plan)}
        </Button>
      </div>
    </div>
  );
}

const errorsOf = (plan: Plan | null): readonly Problem[] =>
  plan && hasErrors(plan.problems) ? plan.problems.filter(({ severity }) => severity === 'error') : [];

function optionsOf({ part, name, experiment, inputs, goesOn, force }: RunFormValues, goesOnByDefault: boolean) {
  const given: Record<string, PipelineInput> = { ...inputs };
  return {
    ...(isPart(part) ? { ...part, withMissing: true } : {}),
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(experiment.trim() === '' ? {} : { experiment: experiment.trim() }),
    ...(Object.keys(given).length === 0 ? {} : { inputs: given }),
    ...(goesOn === goesOnByDefault ? {} : { settings: { continue_on_step_failure: goesOn } }),
    ...(force ? { force } : {}),
  };
}
