import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Activity } from '@pipewright/shared/http/activity.ts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMyName } from '../../../api/workspace.ts';
import { countOf } from '../../../ui/format/number.ts';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { Avatar } from '../../../ui/people/avatar.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import { useShowComments } from '../comments/use-show-comments.ts';
import { useStepTitle } from '../comments/comment-text.tsx';
import { useReveal } from '../commands/use-reveal.ts';
import { useComparedSource } from '../compare/use-compared-source.ts';
import { activityLines, type ActivityLine } from '../model/activity-lines.ts';
import type { ComparedSource } from '../model/compared-source.ts';
import { useEditor } from '../store/editor-context.tsx';
import classes from './activity.module.css';

/** Who did what when, with a way to it. */
export function ActivityRow({ activity }: { readonly activity: Activity }) {
  const me = useMyName();
  const { by } = activity;
  return (
    <li className={classes.row} data-activity={activity.kind}>
      <Avatar name={by} />
      <div className={classes.what}>
        <div className={classes.head}>
          <b className="pw-clip">{by === me ? 'You' : by}</b>
          <RelativeTime at={activity.at} form="moment" />
        </div>
        <Deed activity={activity} />
      </div>
    </li>
  );
}

function Deed({ activity }: { readonly activity: Activity }) {
  switch (activity.kind) {
    case 'edits':
      return <Edits edits={activity} />;
    case 'created':
      return <p>made this draft{activity.from === null ? '' : ` of ${activity.from.replace(':', ' ')}`}</p>;
    case 'version':
      return (
        <p>
          saved <Compare source={{ kind: 'checkpoint', id: activity.checkpoint }}>{activity.name}</Compare>
        </p>
      );
    case 'published':
      return (
        <p>
          published{' '}
          <Compare source={{ kind: 'version', name: activity.name, version: activity.version }}>
            {activity.name} {activity.version}
          </Compare>
        </p>
      );
    case 'run':
      return (
        <p className={classes.run}>
          ran it as{' '}
          <Link className="pw-link" to={`/runs/${activity.run}`}>
            run {activity.run}
          </Link>
          <StatusWord status={activity.status} size={12} />
        </p>
      );
    case 'comment':
      return (
        <p>
          {activity.isAnswer ? 'answered a comment on' : 'commented on'} <Commented step={activity.step} />
        </p>
      );
    default:
      return assertNever(activity);
  }
}

const mostLines = 6;

function Edits({ edits }: { readonly edits: Extract<Activity, { kind: 'edits' }> }) {
  const lines = activityLines(edits.places);
  const more = lines.length - mostLines + edits.morePlaces;
  return (
    <>
      <p>made {countOf(edits.count, 'edit')}</p>
      <ul className={classes.lines}>
        {lines.slice(0, mostLines).map((line) => (
          <EditedLine key={line.step ?? ''} line={line} />
        ))}
      </ul>
      {more > 0 && <p className={classes.muted}>and {countOf(more, 'more place')}</p>}
    </>
  );
}

function EditedLine({ line: { step, words } }: { readonly line: ActivityLine }) {
  return (
    <li>
      {step === null ? <span>The pipeline</span> : <StepLink step={step} />}
      <span className={classes.muted}> · {words.join(', ')}</span>
    </li>
  );
}

/** Goes to the step, as long as there is one. */
function StepLink({ step }: { readonly step: string }) {
  const reveal = useReveal();
  const { title, isThere } = useStepTitle(step);
  if (!isThere) return <span title={`The step ${step} is gone`}>{step}</span>;
  return (
    <button type="button" className={`pw-link ${classes.link}`} onClick={() => reveal([step])}>
      {title}
    </button>
  );
}

function Commented({ step }: { readonly step: string | null }) {
  const { store } = useEditor();
  const show = useShowComments();
  const { title, isThere } = useStepTitle(step ?? '');
  const go = (): void => {
    store.getState().select({ steps: step === null || !isThere ? [] : [step] });
    show();
  };
  return (
    <button type="button" className={`pw-link ${classes.link}`} onClick={go}>
      {step === null ? 'the pipeline' : isThere ? title : `${step}, a step that is gone`}
    </button>
  );
}

function Compare({ source, children }: { readonly source: ComparedSource; readonly children: ReactNode }) {
  const [, compare] = useComparedSource();
  return (
    <button type="button" className={`pw-link ${classes.link}`} title="Compare the draft with it" onClick={() => compare(source)}>
      {children}
    </button>
  );
}
