import type { InputDefinition } from '@pipewright/shared/component/ports.ts';
import type { TestComponent } from '@pipewright/shared/http/component-test.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { Button } from '@mantine/core';
import { IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { firstProblemOf, messageOf } from '../../../api/api-error.ts';
import { useTestComponent } from '../../../api/component-test.ts';
import { useCancelRun } from '../../../api/runs.ts';
import { runStoreOf, useRunSummary } from '../../../realtime/run-store.ts';
import { useLiveRun } from '../../../realtime/use-live-run.ts';
import type { OutputInRun } from '../../../step-run/outputs-of-step.ts';
import { DialogFoot } from '../../../ui/feedback/dialog-foot.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { useNamedAssets } from '../palette/use-named-assets.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useKeptTest, useKeptTests } from './kept-tests.ts';
import { TestForm } from './test-form.tsx';
import { TestResult } from './test-result.tsx';
import { givenInputs, testInputs, typedOf } from './test-values.ts';
import { useEarlierRuns } from './use-earlier-runs.ts';
import classes from './test-run.module.css';

/** A component that is tried before it is a version. */
export interface TestSubject {
  /** By what its last test is remembered. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, InputDefinition>>;
  /** The step of the draft that uses it; null: none yet. */
  readonly step: string | null;
  /** The output that its step is to be wired to. */
  readonly wire: OutputInRun | null;
  /** What an input is called in the draft, where it was renamed. */
  readonly oldNameOf: (name: string) => string;
  readonly tested: Pick<TestComponent, 'of' | 'files'>;
}

interface TestPaneProps {
  readonly subject: TestSubject;
  readonly onBack: () => void;
}

/** Runs a component by itself in the real engine, on values of an earlier run; the draft stays as it is. */
export function TestPane({ subject, onBack }: TestPaneProps) {
  const { draftId } = useEditor();
  const kept = useKeptTest(subject.id);
  const keep = useKeptTests((tests) => tests.keep);
  const earlier = useEarlierRuns(draftId);
  const from = kept.from === undefined ? earlier.likeliest : kept.from;
  const inputs = useTestInputs(subject, from);
  const start = useTestComponent(draftId);
  const cancel = useCancelRun();
  const [refusal, setRefusal] = useState<string | null>(null);
  const summary = useRunSummary(kept.run);
  const isRunning = kept.run !== null && summary !== null && !isRunEnded(summary.status);
  const isStopping = cancel.isPending || summary?.status === 'cancelling';
  const run = async (): Promise<void> => {
    setRefusal(null);
    try {
      const started = await start.mutateAsync({ ...subject.tested, inputs: givenInputs(inputs) });
      keep(subject.id, { run: started.id, tried: canonicalJson(subject.tested) });
    } catch (error) {
      setRefusal(firstProblemOf(error));
    }
  };
  const stop = (): void => {
    if (kept.run !== null) cancel.mutate(kept.run, { onError: (error) => setRefusal(messageOf(error)) });
  };
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div className={classes.panes}>
        <TestForm
          inputs={inputs}
          runs={earlier.groups}
          from={from}
          onFrom={(id) => keep(subject.id, { from: id, chosen: typedOf(kept.chosen, subject.inputs) })}
          onChoose={(name, text) => keep(subject.id, { chosen: { ...kept.chosen, [name]: text } })}
        />
        <TestResult run={kept.run} isOfCodeBefore={kept.tried !== undefined && kept.tried !== canonicalJson(subject.tested)} />
      </div>
      {refusal !== null && <Refusal>{refusal}</Refusal>}
      <DialogFoot>
        <span className={classes.said}>It runs by itself, without a version: the draft and what it has run stay as they are.</span>
        <Button variant="default" onClick={onBack}>
          Back to the code
        </Button>
        {isRunning ? (
          <Button variant="default" leftSection={<IconPlayerStopFilled size={12} />} disabled={isStopping} onClick={stop}>
            {isStopping ? 'Stopping…' : 'Stop the test'}
          </Button>
        ) : (
          <Button
            type="submit"
            data-autofocus
            leftSection={<IconPlayerPlayFilled size={12} />}
            loading={start.isPending}
            disabled={inputs.some(({ wrong }) => wrong !== null)}
          >
            {kept.run === null ? 'Run the test' : 'Run it again'}
          </Button>
        )}
      </DialogFoot>
    </form>
  );
}

function useTestInputs({ id, inputs, step, wire, oldNameOf }: TestSubject, from: string | null) {
  const { chosen } = useKeptTest(id);
  const document = useEditorState((state) => state.content.document);
  const { data: known } = useLiveRun(from);
  const steps = useStore(runStoreOf(from), (view) => view.steps);
  const run = from !== null && known?.id === from ? { ...known, steps: Object.values({ ...byKey(known.steps), ...steps }) } : null;
  const [data, models] = [useNamedAssets('data').assets, useNamedAssets('models').assets];
  return testInputs({ document, step, wire, run, assets: [...data, ...models] }, { inputs, oldNameOf }, chosen);
}

const byKey = (steps: Run['steps']): Record<string, Run['steps'][number]> => Object.fromEntries(steps.map((step) => [step.key, step]));
