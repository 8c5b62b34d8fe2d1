import type { DraftInside } from '@pipewright/shared/http/drafts.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { draftInsideQuery } from '../../api/drafts.ts';
import { RunGraph } from '../../canvas/run-graph.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { AfterPause, SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { Page } from '../../ui/page/page.tsx';
import { insideHref } from './inside-href.ts';
import classes from './inside-page.module.css';

/** `/drafts/:id/inside/:key`: the graph of a pipeline that a step of the draft is; its file is where it is changed. */
export function InsidePage() {
  const { id = '', key = '' } = useParams();
  const { data, error } = useQuery(draftInsideQuery(id, key));
  const crumbs = [
    { text: data?.way[0]?.title ?? 'Pipeline', to: `/drafts/${id}` },
    ...(data?.way.slice(1) ?? []).map(({ key: upTo, title }) => ({ text: title, ...(upTo === key ? {} : { to: insideHref(id, upTo) }) })),
  ];
  return (
    <Page title={data?.way.at(-1)?.title ?? key} form="panes" crumbs={data ? crumbs : [{ text: 'Pipeline', to: `/drafts/${id}` }, { text: key }]}>
      {error ? (
        <ErrorState title="The pipeline could not be opened" message={messageOf(error)} />
      ) : data ? (
        <Inside key={key} draft={id} stepKey={key} inside={data} />
      ) : (
        <AfterPause>
          <SkeletonRows count={6} height={28} />
        </AfterPause>
      )}
    </Page>
  );
}

interface InsideProps {
  readonly draft: string;
  readonly stepKey: string;
  readonly inside: DraftInside;
}

function Inside({ draft, stepKey, inside }: InsideProps) {
  const navigate = useNavigate();
  const [selected, setSelected] = useState<string | null>(null);
  const content = useMemo(() => ({ document: inside.document, layout: inside.layout }), [inside]);
  return (
    <div className={classes.graph}>
      <RunGraph
        runId={null}
        inside={stepKey}
        content={content}
        components={inside.components}
        selectedStep={selected}
        onSelectStep={setSelected}
        onOpenStep={(step) => {
          if (inside.pipelines.includes(step)) void navigate(insideHref(draft, `${stepKey}/${step}`));
        }}
      />
      <p className={classes.legend}>Read-only · {inside.file === null ? 'a registered component' : <span className="pw-mono">{inside.file}</span>}</p>
    </div>
  );
}
