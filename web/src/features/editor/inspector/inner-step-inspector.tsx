import { componentReferenceOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { IconFold, IconSitemap } from '@tabler/icons-react';
import { useState } from 'react';
import { runQuery } from '../../../api/runs.ts';
import { pipelinesAround } from '../../../canvas/unfolded-store.ts';
import { InnerSteps } from '../../../step-run/inner-steps.tsx';
import { stepOfKey } from '../../../step-run/step-of-key.ts';
import { StepRunView } from '../../../step-run/step-panel.tsx';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { Section } from '../../../ui/panels/section.tsx';
import { useNesting } from '../canvas/use-nesting.ts';
import type { EditorState } from '../store/editor-state.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { ProblemLine } from './problem-line.tsx';
import { StepDefinition } from './step-definition.tsx';
import classes from './inspector.module.css';

/** A step of an unfolded pipeline: as it is in the attached run, and what it is. It is changed in the file of its pipeline. */
export function InnerStepInspector({ stepKey }: { readonly stepKey: string }) {
  const { store } = useEditor();
  const runId = useEditorState((state) => state.attachedRun);
  const { data: run } = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== null });
  const [tab, setTab] = useState<string | null>(null);
  const step = run ? stepOfKey(run.snapshot, stepKey) : undefined;
  const close = (): void => store.getState().select({ steps: pipelinesAround(stepKey).slice(-1) });
  if (run && step && run.id === runId) return <StepRunView run={run} stepKey={stepKey} step={step} tab={tab} onTab={setTab} onClose={close} />;
  return <InnerStepFacts stepKey={stepKey} />;
}

/** A step of the draft, or of a pipeline that lies unfolded in it. */
function stepAt({ content, unfolded }: Pick<EditorState, 'content' | 'unfolded'>, key: string): Step | undefined {
  const around = pipelinesAround(key).at(-1);
  return around === undefined ? content.document.jobs[key] : unfolded.get(around)?.content.document.jobs[key.slice(around.length + 1)];
}

function InnerStepFacts({ stepKey }: { readonly stepKey: string }) {
  const nesting = useNesting();
  const runId = useEditorState((state) => state.attachedRun);
  const { data: run } = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== null });
  const view = useDerived((derived) => derived.drawn.get(stepKey));
  const problems = useDerived((derived) => derived.problems);
  const around = pipelinesAround(stepKey).at(-1) ?? '';
  const title = useDerived((derived) => derived.drawn.get(around)?.title ?? around);
  const step = useEditorState((state) => stepAt(state, stepKey));
  const file = useEditorState((state) => {
    const pipeline = stepAt(state, around);
    return pipeline ? componentReferenceOf(pipeline) : null;
  });
  if (!view) return null;
  return (
    <>
      <header className={classes.head}>
        <div className={classes.headRow}>
          <FamilyTile family={view.family} icon={view.icon} size="lg" />
          <div className="pw-grow">
            <h2 className={classes.title} data-fixed>
              {view.title}
            </h2>
            <div className="pw-xs pw-muted pw-clip">
              <span className="pw-mono">{stepKey}</span> · {view.subtitle}
            </div>
          </div>
        </div>
      </header>
      <div className={classes.scroll}>
        {problems
          .filter(({ step }) => step === stepKey)
          .map((problem, index) => (
            <div key={index} style={{ padding: '6px 14px 0' }}>
              <ProblemLine problem={problem} />
            </div>
          ))}
        {view.isPipeline && run?.snapshot.nested?.[stepKey] && (
          <Section title="Steps" summary={`run ${run.id}`}>
            <div className={classes.wide}>
              <InnerSteps run={run} pipeline={stepKey} />
            </div>
          </Section>
        )}
        <div className={classes.several}>
          <p className="pw-sm pw-t2">
            It is a step of {title}, and is changed where that pipeline is written{file === null ? '' : `: ${file}`}.
          </p>
          <div>
            <Button variant="default" leftSection={<IconSitemap size={15} stroke={1.8} />} onClick={() => nesting.open(view.isPipeline ? stepKey : around)}>
              Open the pipeline
            </Button>
            <Button variant="default" leftSection={<IconFold size={15} stroke={1.8} />} onClick={() => nesting.toggle(around)}>
              Fold
            </Button>
          </div>
        </div>
        {step && <StepDefinition stepKey={stepKey.slice(around.length + 1)} step={step} />}
      </div>
    </>
  );
}
