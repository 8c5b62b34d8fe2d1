import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { IconHistory } from '@tabler/icons-react';
import { describeArtifact } from '../../../preview/describe-artifact.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import type { PortRef } from '../model/port-ref.ts';
import { useDerived, useEditorState } from '../store/editor-context.tsx';
import { changedSinceRun } from './changed-since-run.ts';
import { usePortData } from './use-port-data.ts';
import classes from './data.module.css';

/** What is on a port: how much of it, of which type, from whom, and of which run. */
export function PortFacts({ port }: { readonly port: PortRef }) {
  const view = useDerived((derived) => derived.drawn.get(port.step)?.[port.side].find(({ name }) => name === port.port));
  const { source, data } = usePortData(port);
  const run = useEditorState((state) => state.attachedRun);
  const from = useDerived((derived) => (source && port.side === 'inputs' ? (derived.drawn.get(source.step)?.title ?? source.step) : null));
  const changed = useDerived((derived) => (source ? changedSinceRun(source.step, { changes: derived.changes, stale: derived.stale, run }) : null));
  if (!view) return null;
  return (
    <>
      <p className={classes.cardHead}>
        {view.type !== null && <PortGlyph type={view.type} isConnected />}
        <b className="pw-clip">{view.label}</b>
        <span className="pw-mono pw-muted">{view.type ?? 'unknown type'}</span>
      </p>
      {data ? <p className="pw-num">{describeArtifact(data.artifact)}</p> : <p className="pw-t2">{whyNothing(port, source !== null, run)}</p>}
      {from !== null && <p className="pw-t2 pw-clip">from {from}</p>}
      {data && (
        <p className="pw-t2">
          of run {data.run}
          {changed !== null && (
            <span className={classes.changed}>
              <IconHistory size={12} stroke={2} aria-hidden /> changed since
            </span>
          )}
        </p>
      )}
      {data && isDataType(data.artifact.type) && <p className={classes.way}>Click to look at it</p>}
    </>
  );
}

function whyNothing({ side }: PortRef, hasSource: boolean, run: string | null): string {
  if (side === 'inputs' && !hasSource) return 'No step feeds it';
  return run === null ? 'No data yet: run the pipeline' : `Nothing yet in run ${run}`;
}
