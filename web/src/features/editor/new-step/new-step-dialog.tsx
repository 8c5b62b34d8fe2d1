import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { componentsQuery } from '../../../api/components.ts';
import { CodeField } from '../../../ui/code/code-field.tsx';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import type { QuickAddOverlay } from '../overlays/quick-add-purpose.ts';
import { useEditor } from '../store/editor-context.tsx';
import { idOfTest, useKeptTests } from '../test-run/kept-tests.ts';
import { EnvironmentChoice } from '../written/environment-choice.tsx';
import { PortRows } from '../written/port-rows.tsx';
import { codeOfStep, isRight, nameOfStep, portsNotInCode, PythonStep, whatIsWrong } from './python-step.ts';
import { useMakeStep } from './use-make-step.ts';
import { TestStep } from './test-step.tsx';
import { usePutMade } from './use-put-made.ts';
import { changeStep, forgetStep, useUnfinishedStep } from './unfinished-step.ts';
import classes from './new-step.module.css';

interface NewStepDialogProps {
  /** The place, the wire or the edge that it was asked for at; null: it finds a place beside what is selected. */
  readonly from: QuickAddOverlay | null;
}

/** A step of one's own Python: what it takes and gives, its code, and where its packages come from. */
export function NewStepDialog({ from }: NewStepDialogProps) {
  const { store } = useEditor();
  const close = (): void => store.getState().open(null);
  return (
    <Modal opened onClose={close} title="New Python step" size="min(1180px, 94vw)" centered>
      <NewStepForm from={from} onClose={close} />
    </Modal>
  );
}

function NewStepForm({ from, onClose }: NewStepDialogProps & { readonly onClose: () => void }) {
  const { draftId } = useEditor();
  const put = usePutMade();
  const forgetTest = useKeptTests((tests) => tests.forget);
  const { value: unfinished, isKept } = useUnfinishedStep();
  const { data: registered } = useQuery(componentsQuery('include'));
  const [first] = useState(() => put.stepFor(from));
  const { make, madeOf, isPending, refusal } = useMakeStep(put, from);
  const taken = useMemo(() => Object.fromEntries((registered ?? []).map(({ name }) => [name, true])), [registered]);
  const step = unfinished ?? first;
  const made = madeOf(step);
  const name = made?.name ?? nameOfStep(step, taken);
  const wrong = whatIsWrong(step, name, made ? {} : taken);
  const set = (next: Partial<PythonStep>): void => changeStep(first, next);
  const startOver = (): void => {
    forgetStep();
    forgetTest(idOfTest(draftId));
  };
  const [isTesting, setIsTesting] = useState(false);
  if (isTesting) return <TestStep step={step} name={name} wire={put.wireFrom(from)} onBack={() => setIsTesting(false)} />;
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight(wrong)) void make(step, name);
      }}
    >
      <div className={classes.panes}>
        <StepFacts step={step} name={name} wrong={wrong} onChange={set} />
        <CodePane step={step} onChange={set} />
      </div>
      {wrong.code !== null && <Refusal>{wrong.code}</Refusal>}
      {refusal !== null && <Refusal>{refusal}</Refusal>}
      <DialogFoot>
        <span className={classes.said}>
          {unfinished && !isKept
            ? 'This browser cannot keep it: make the step before you leave the page.'
            : 'It becomes version 1 of a component, which other pipelines can use too.'}
        </span>
        {unfinished && (
          <Button variant="subtle" onClick={startOver}>
            Start over
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {unfinished ? 'Close, keep for later' : 'Cancel'}
        </Button>
        <Button variant="default" leftSection={<IconFlask size={14} stroke={1.8} />} disabled={!isRight(wrong)} onClick={() => setIsTesting(true)}>
          Test…
        </Button>
        <Button type="submit" loading={isPending} disabled={!isRight(wrong)}>
          {made ? 'Put it on the canvas' : 'Make the step'}
        </Button>
      </DialogFoot>
    </form>
  );
}

interface StepFactsProps {
  readonly step: PythonStep;
  readonly name: string;
  readonly wrong: ReturnType<typeof whatIsWrong>;
  readonly onChange: (next: Partial<PythonStep>) => void;
}

/** How it is called, what it takes and gives, and where its packages come from. */
function StepFacts({ step, name, wrong, onChange }: StepFactsProps) {
  return (
    <div className={classes.facts}>
      <TextInput
        label="Title"
        data-autofocus
        value={step.title}
        error={wrong.title}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <TextInput
        label="Name of the component"
        classNames={{ input: 'pw-mono' }}
        value={name}
        error={wrong.title === null ? wrong.name : null}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <EnvironmentChoice value={step.environment} onChange={(environment) => onChange({ environment })} />
      {(['inputs', 'outputs'] as const).map((side) => (
        <PortRows key={side} side={side} ports={step.ports} wrong={wrong.ports} onChange={(ports) => onChange({ ports })} />
      ))}
    </div>
  );
}

const hints = {
  function: 'run(…) is called with the inputs and outputs by name; data is a Path.',
  script: 'Each input and output is an argument, --NAME=VALUE.',
} as const satisfies Record<PythonStep['form'], string>;

function CodePane({ step, onChange }: { readonly step: PythonStep; readonly onChange: (next: Partial<PythonStep>) => void }) {
  const unspoken = portsNotInCode(step);
  return (
    <div className={classes.code}>
      <div className={classes.codeHead}>
        <SegmentedControl
          size="xs"
          aria-label="What the code is"
          data={[
            { value: 'function', label: 'Function' },
            { value: 'script', label: 'Script' },
          ]}
          value={step.form}
          onChange={(form) => onChange({ form: PythonStep.shape.form.parse(form) })}
        />
        <span className="pw-sm pw-t2">{unspoken.length > 0 ? `Not in the code: ${unspoken.join(', ')}` : hints[step.form]}</span>
      </div>
      <CodeField label="Code of the step" language="python" form="page" value={codeOfStep(step)} onChange={(code) => onChange({ code })} />
    </div>
  );
}
