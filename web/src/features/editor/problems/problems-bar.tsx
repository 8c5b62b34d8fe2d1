import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { IconAlertTriangle, IconChevronRight, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { pipelinesAround, useUnfolded } from '../../../canvas/unfolded-store.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import { countOf } from '../../../ui/format/number.ts';
import { StatusIcon } from '../../../ui/status/status-icon.tsx';
import { unfoldedIn } from '../canvas/use-nesting.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { useDesignerView } from '../top-bar/use-designer-view.ts';
import classes from './problems.module.css';

/** A failure of the attached run, in the same form as a problem of the draft. */
interface Failure {
  readonly step: string;
  readonly message: string;
}

/** What blocks or failed in this pipeline: the first sentences on one line, all of them in a list above it. */
export function ProblemsBar() {
  const [isOpen, setIsOpen] = useState(false);
  const problems = useDerived((derived) => derived.problems);
  const stepCount = useDerived((derived) => derived.views.size);
  const failures = useFailures();
  const count = problems.length + failures.length;
  return (
    <section className={classes.problems} aria-label="Problems" data-pane tabIndex={-1}>
      {isOpen && count > 0 && (
        <ul className={classes.list}>
          {failures.map((failure) => (
            <FailureLine key={failure.step} failure={failure} />
          ))}
          {problems.map((problem, index) => (
            <ProblemLine key={index} problem={problem} />
          ))}
        </ul>
      )}
      <div className={classes.bar}>
        <button type="button" className={classes.toggle} aria-expanded={isOpen} disabled={count === 0} onClick={() => setIsOpen(!isOpen)}>
          <IconChevronRight size={14} stroke={1.8} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
          Problems
          <span className={classes.count} data-problem-count={count}>
            {count}
          </span>
        </button>
        {!isOpen && (
          <ul className={classes.first}>
            {failures.slice(0, 1).map((failure) => (
              <FailureLine key={failure.step} failure={failure} />
            ))}
            {problems.slice(0, failures.length > 0 ? 1 : 2).map((problem, index) => (
              <ProblemLine key={index} problem={problem} />
            ))}
          </ul>
        )}
        <span className={classes.end}>{count === 0 ? `${countOf(stepCount, 'step')} · no problems` : countOf(stepCount, 'step')}</span>
      </div>
    </section>
  );
}

function useFailures(): Failure[] {
  const runId = useEditorState((state) => state.attachedRun);
  const changes = useDerived((derived) => derived.changes);
  const views = useDerived((derived) => derived.views);
  const failed = useStore(
    runStoreOf(runId),
    useShallow((view) =>
      Object.values(view.steps).flatMap((step) => (step.status === 'failed' || step.status === 'timed-out' || step.status === 'lost' ? [step] : [])),
    ),
  );
  const outermost = (key: string): string => key.split('/')[0] ?? key;
  // A step inside others is called by its whole key.
  const titleOf = (key: string): string => views.get(key)?.title ?? key;
  // What was edited or removed since is on its way to being mended.
  return failed
    .filter(({ key }) => views.has(outermost(key)) && !changes.has(outermost(key)))
    .map(({ key, failure }) => ({ step: key, message: `${titleOf(key)} failed: ${failure.firstError ?? failure.message}` }));
}

function FailureLine({ failure }: { readonly failure: Failure }) {
  const { store } = useEditor();
  const show = useShowStep();
  return (
    <li className={classes.line} data-severity="error">
      <StatusIcon status="failed" label="Failed" />
      <button type="button" className={classes.text} onClick={() => show(failure.step)}>
        {failure.message}
      </button>
      <button
        type="button"
        className={classes.act}
        onClick={() => {
          show(failure.step);
          store.getState().setLogOpen(true);
        }}
      >
        Show the log
      </button>
    </li>
  );
}

/** Selects a step; the pipelines that it is in are unfolded to show it. */
function useShowStep(): (step: string) => void {
  const { store, draftId } = useEditor();
  const { unfold } = useUnfolded(unfoldedIn(draftId));
  return (step) => {
    unfold(pipelinesAround(step));
    store.getState().select({ steps: [step] });
  };
}

function ProblemLine({ problem }: { readonly problem: Problem }) {
  const { store } = useEditor();
  const showStep = useShowStep();
  const { severity, step, path, fix, code } = problem;
  const message = withPlace(problem);
  const [view] = useDesignerView();
  const show = (): void => {
    if (step !== undefined) showStep(step);
    store.getState().showPlace({ path: path ?? (step === undefined ? [] : ['jobs', step]) });
  };
  const Icon = severity === 'note' ? IconInfoCircle : IconAlertTriangle;
  return (
    <li className={classes.line} data-severity={severity} data-problem={code}>
      <Icon size={14} stroke={1.8} aria-label={severity} role="img" />
      {step === undefined && view !== 'yaml' ? (
        <span className={classes.text}>{message}</span>
      ) : (
        <button type="button" className={classes.text} title={message} onClick={show}>
          {message}
        </button>
      )}
      {fix?.ops && (
        <button type="button" className={classes.act} onClick={() => store.getState().edit(fix.ops ?? [], { label: fix.text })}>
          {fix.text}
        </button>
      )}
    </li>
  );
}

/** What is written in another file than this pipeline's stands with its place there: `train.yml:20:5`. */
function withPlace({ message, file, line, column }: Problem): string {
  if (file === undefined) return message;
  const place = [file.slice(file.lastIndexOf('/') + 1), line, column].filter((part) => part !== undefined).join(':');
  return `${place} ${message}`;
}
