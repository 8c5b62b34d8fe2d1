import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';
import type { RunOrigin } from '@pipewright/shared/run/run.ts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { workspaceQuery } from '../../../api/workspace.ts';
import { countOf } from '../../../ui/format/number.ts';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { TruncatedPath } from '../../../ui/text/truncate.tsx';
import classes from '../../../step-run/step-run.module.css';

/** Three lines of the box. */
const longestInput = 60;

/** What this run is, whatever step is shown. */
export function RunFacts({ run }: { readonly run: Run }) {
  const workspace = useQuery(workspaceQuery()).data;
  const { force, continueOnStepFailure, maxParallel, resumes } = run.snapshot;
  const [resumed] = resumes ?? [];
  const inputs = Object.entries(run.inputs);
  return (
    <section className={classes.facts} aria-label="This run">
      <h2>This run</h2>
      <dl>
        <Fact name="Experiment">{run.experiment}</Fact>
        <Fact name="Started">
          <RelativeTime at={run.queuedAt} form="second" /> by {run.by === workspace?.displayName ? 'you' : run.by}
        </Fact>
        <Fact name="From">
          <Origin origin={run.origin} />
        </Fact>
        {resumed !== undefined && (
          <Fact name="Goes on with">
            <Link to={`/runs/${resumed}`} className="pw-link">
              run {resumed}
            </Link>
          </Fact>
        )}
        {inputs.length > 0 && (
          <Fact name="Inputs">
            {inputs.map(([name, value]) => (
              <div key={name}>
                <span className="pw-mono">{name}</span> = <TruncatedPath path={describeInput(value)} length={longestInput} />
              </div>
            ))}
          </Fact>
        )}
        <Fact name="On failure">{continueOnStepFailure ? 'continue other branches' : 'stop the run'}</Fact>
        {force && <Fact name="Reuse">earlier results ignored</Fact>}
        <Fact name="Compute">local · {countOf(maxParallel ?? workspace?.slots ?? 1, 'slot')}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Origin({ origin }: { readonly origin: RunOrigin }) {
  switch (origin.kind) {
    case 'draft':
      return (
        <>
          <Link to={`/drafts/${origin.draft}`} className="pw-link">
            draft
          </Link>
          , revision {origin.revision}
        </>
      );
    case 'file':
      return <TruncatedPath path={origin.file} length={30} />;
    case 'pipeline':
      return `${origin.name}, version ${origin.version}`;
    case 'gallery':
      return `gallery, ${origin.name}`;
    case 'document':
      return 'a document over HTTP';
    case 'test':
      return (
        <>
          a test of {origin.component} in{' '}
          <Link to={`/drafts/${origin.draft}`} className="pw-link">
            a draft
          </Link>
        </>
      );
    default:
      return assertNever(origin);
  }
}

function describeInput(value: unknown): string {
  if (value !== null && typeof value === 'object' && 'path' in value) return String(value.path);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
