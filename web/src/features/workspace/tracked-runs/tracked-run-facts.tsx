import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { experimentQuery, trackedRunQuery, type TrackedRun } from '../../../api/tracked-runs.ts';
import { LoggedParams } from '../../../step-run/metrics/metric-views.tsx';
import { stepHref } from '../../../step-run/step-href.ts';
import { Duration } from '../../../ui/format/elapsed.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { DetailFact, DetailFacts } from '../../../ui/list-detail/detail.tsx';
import { Section } from '../../../ui/panels/section.tsx';
import { CopyButton } from '../../../ui/text/copy-button.tsx';
import { Markdown } from '../../../ui/text/markdown.tsx';
import { TruncatedPath } from '../../../ui/text/truncate.tsx';
import { trackedRunHref, trackedRunsHref } from './tracked-run-href.ts';
import classes from './tracked-runs.module.css';

/** Tags that are shown in other words. */
const saidElsewhere = new Set([
  'mlflow.runName',
  'mlflow.user',
  'mlflow.source.name',
  'mlflow.note.content',
  'mlflow.parentRunId',
  'pipewright.run',
  'pipewright.step',
]);

/** Where a run is from, and what was said of it: parameters and tags. */
export function TrackedRunFacts({ run }: { readonly run: TrackedRun }) {
  const tags = Object.entries(run.tags).filter(([name]) => !saidElsewhere.has(name));
  const isOwn = ([name]: readonly [string, string]): boolean => !name.startsWith('mlflow.');
  const note = run.tags['mlflow.note.content'];
  return (
    <aside className={`pw-card ${classes.facts}`} aria-label="This run">
      <h2>This run</h2>
      {note !== undefined && note !== '' && (
        <div className={classes.note}>
          <Markdown source={note} />
        </div>
      )}
      <Origin run={run} />
      <Pairs title="Parameters" noun="parameter" entries={Object.entries(run.params)} />
      <Pairs title="Tags" noun="tag" entries={tags.filter(isOwn)} />
      <Pairs title="Tags of MLflow" noun="tag" entries={tags.filter((tag) => !isOwn(tag))} isOpenAtFirst={false} />
    </aside>
  );
}

function Origin({ run }: { readonly run: TrackedRun }) {
  const { data: experiment } = useQuery(experimentQuery(run.experiment));
  // Only its name is shown, and that stays.
  const { data: parent } = useQuery({ ...trackedRunQuery(run.parent ?? ''), enabled: run.parent !== null, refetchInterval: false });
  const source = run.tags['mlflow.source.name'];
  return (
    <DetailFacts>
      <DetailFact name="Experiment">
        <Link to={trackedRunsHref(run.experiment)} className="pw-link">
          {experiment?.name ?? run.experiment}
        </Link>
      </DetailFact>
      {run.parent !== null && (
        <DetailFact name="Part of">
          <Link to={trackedRunHref({ id: run.parent })} className="pw-link">
            {parent?.name ?? run.parent}
          </Link>
        </DetailFact>
      )}
      {run.step && (
        <DetailFact name="Made in">
          <Link to={stepHref({ ...run.step, tab: 'metrics' })} className="pw-link">
            {run.step.step} of run {run.step.run}
          </Link>
        </DetailFact>
      )}
      <DetailFact name="Started">
        <RelativeTime at={run.startedAt} form="second" />
        {run.user !== '' && ` by ${run.user}`}
      </DetailFact>
      <DetailFact name="Time">
        <Duration from={run.startedAt} to={run.endedAt} />
      </DetailFact>
      {source !== undefined && (
        <DetailFact name="Source">
          <TruncatedPath path={source} length={30} />
        </DetailFact>
      )}
      <DetailFact name="MLflow's id">
        <span className="pw-row">
          <span className="pw-mono pw-clip" title={run.id}>
            {run.id}
          </span>
          <CopyButton text={run.id} label="Copy the id" />
        </span>
      </DetailFact>
    </DetailFacts>
  );
}

interface PairsProps {
  readonly title: string;
  readonly noun: string;
  readonly entries: readonly (readonly [string, string])[];
  readonly isOpenAtFirst?: boolean;
}

function Pairs({ title, noun, entries, isOpenAtFirst = true }: PairsProps) {
  if (entries.length === 0) return null;
  return (
    <Section title={title} summary={countOf(entries.length, noun)} isOpenAtFirst={isOpenAtFirst}>
      <LoggedParams params={Object.fromEntries(entries)} />
    </Section>
  );
}
