import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';
import { isLoop } from '@pipewright/shared/run/run-snapshot.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { memo } from 'react';
import { runQuery } from '../../../api/runs.ts';
import { nestedStanding, stripOfNested } from '../../../canvas/nested-strip.ts';
import { pipelinesAround, useUnfolded } from '../../../canvas/unfolded-store.ts';
import { runStoreOf, useStepRun } from '../../../realtime/run-store.ts';
import { InnerSteps } from '../../../step-run/inner-steps.tsx';
import { itemNounIn, itemsTitle } from '../../../canvas/item-noun.ts';
import { ItemsList } from '../../../step-run/items-list.tsx';
import { MiniBatches } from '../../../step-run/mini-batches.tsx';
import { stepHref } from '../../../step-run/step-href.ts';
import { TrialsTab } from '../../../step-run/trials/trials-tab.tsx';
import { formatCount } from '../../../ui/format/number.ts';
import { Section } from '../../../ui/panels/section.tsx';
import { unfoldedIn } from '../canvas/use-nesting.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './inspector.module.css';

interface RunPartsSectionProps {
  readonly stepKey: string;
  readonly ports: ComponentInterface | undefined;
}

/** Of a step that is more than one process: its parts in the attached run, live. Nothing without a run, or for any other step. */
export const RunPartsSection = memo(function RunPartsSection({ stepKey, ports }: RunPartsSectionProps) {
  const runId = useEditorState((state) => state.attachedRun);
  const { data: run } = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== null });
  const stepRun = useStepRun(runId, stepKey);
  if (!run || run.id !== runId) return null;
  if (run.snapshot.nested?.[stepKey]) return <NestedSteps run={run} stepKey={stepKey} />;
  const step = run.snapshot.steps[stepKey];
  if (!step || !stepRun) return null;
  const address = { run: run.id, step: stepKey };
  if (step.control?.sweep) {
    return (
      <Section title="Trials" summary={`run ${run.id}`}>
        <div className={classes.wide}>
          <TrialsTab address={address} stepRun={stepRun} />
        </div>
        <OpenStepRun run={run.id} step={stepKey} tab="trials" />
      </Section>
    );
  }
  if (isLoop(step.control)) {
    const noun = itemNounIn(step.control);
    const items = 'items' in stepRun ? stepRun.items : undefined;
    return (
      <Section title={itemsTitle(noun)} summary={items ? `${formatCount(items.ended)} of ${formatCount(items.total)}` : `run ${run.id}`}>
        <div className={classes.wide}>
          <ItemsList run={run.id} step={stepKey} noun={noun} />
        </div>
      </Section>
    );
  }
  if (ports?.type !== 'parallel' || stepRun.attempts === 0) return null;
  return (
    <Section title="Mini-batches" summary={`run ${run.id}`}>
      <div className={classes.wide}>
        <MiniBatches address={address} stepRun={stepRun} />
      </div>
      <OpenStepRun run={run.id} step={stepKey} tab="logs" />
    </Section>
  );
});

function NestedSteps({ run, stepKey }: { readonly run: Run; readonly stepKey: string }) {
  const { store, draftId } = useEditor();
  const { unfold } = useUnfolded(unfoldedIn(draftId));
  const strip = stripOfNested(useStore(runStoreOf(run.id), (view) => nestedStanding(view.steps, stepKey)));
  return (
    <Section title="Steps" summary={strip ? `${strip.word.toLowerCase()} · ${strip.detail}` : `run ${run.id}`}>
      <div className={classes.wide}>
        <InnerSteps
          run={run}
          pipeline={stepKey}
          onChoose={(step) => {
            unfold(pipelinesAround(step));
            store.getState().select({ steps: [step] });
          }}
        />
      </div>
    </Section>
  );
}

function OpenStepRun({ run, step, tab }: { readonly run: string; readonly step: string; readonly tab: string }) {
  return (
    <p className="pw-sm" style={{ marginTop: 6 }}>
      <Link className="pw-link" to={stepHref({ run, step, tab })}>
        Open step run
      </Link>
    </p>
  );
}
