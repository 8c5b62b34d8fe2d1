import { comparePipelines, isSame } from '@pipewright/shared/draft/compare-pipelines.ts';
import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import type { KeptContent } from '@pipewright/shared/http/drafts.ts';
import { Button, Switch } from '@mantine/core';
import { IconEqual } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { checkpointsQuery } from '../../../api/drafts.ts';
import { ComparisonCanvas } from '../../../canvas/compare/comparison-canvas.tsx';
import { comparisonFlow } from '../../../canvas/compare/comparison-flow.ts';
import { DifferenceList, pipelineKey } from '../../../canvas/compare/difference-list.tsx';
import { stripOfDifference, summaryOf } from '../../../canvas/compare/difference-words.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { AfterPause, SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { ResizablePanel } from '../../../ui/panels/resizable-panel.tsx';
import { useVersionActs } from '../history/use-version-acts.ts';
import type { ComparedSource } from '../model/compared-source.ts';
import { titleOf } from '../model/list-versions.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { CompareStrip } from './compare-strip.tsx';
import { comparedKey, fetchCompared } from './compared-query.ts';
import { useCompareCommands } from './use-compare-commands.ts';
import { useComparedSource } from './use-compared-source.ts';
import classes from './compare-view.module.css';

/** The draft and another state of it as one graph, with the list of what is different. Nothing is edited meanwhile. */
export function CompareView({ source }: { readonly source: ComparedSource }) {
  const { draftId } = useEditor();
  const client = useQueryClient();
  const title = useTitle(source);
  const [, compare] = useComparedSource();
  const query = useQuery({
    queryKey: comparedKey(draftId, source),
    queryFn: () => fetchCompared(client, draftId, source),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const close = (): void => compare(null);
  if (query.data) return <Comparison kept={query.data} source={source} title={title} onClose={close} />;
  return (
    <div className={classes.middle}>
      {query.isError ? (
        <ErrorState
          title={`${title} could not be read`}
          message={messageOf(query.error)}
          action={
            <Button variant="default" onClick={close}>
              Back to the draft
            </Button>
          }
        />
      ) : (
        <AfterPause>
          <SkeletonRows count={6} />
        </AfterPause>
      )}
    </div>
  );
}

function useTitle(source: ComparedSource): string {
  const { draftId } = useEditor();
  const { data: checkpoints } = useQuery({ ...checkpointsQuery(draftId), enabled: source.kind === 'checkpoint' });
  if (source.kind === 'version') return `${source.name}, version ${source.version}`;
  if (source.kind === 'run') return `Run ${source.id}`;
  const known = checkpoints?.find(({ id }) => id === source.id);
  return known ? titleOf(known) : 'An earlier version';
}

interface ComparisonProps {
  readonly kept: KeptContent;
  readonly source: ComparedSource;
  readonly title: string;
  readonly onClose: () => void;
}

function Comparison({ kept, source, title, onClose }: ComparisonProps) {
  const after = useEditorState((state) => state.content);
  const here = useEditorState((state) => state.components);
  const [ignoresLayout, setIgnoresLayout] = useState(true);
  const [selected, setSelected] = useState<string | null>(null);
  const acts = useVersionActs();
  const comparison = useMemo(() => comparePipelines(contentOf(kept), after, { ignoresLayout }), [kept, after, ignoresLayout]);
  const components = useMemo(() => ({ ...kept.components, ...here }), [kept, here]);
  const flow = useMemo(() => comparisonFlow({ comparison, after, components }), [comparison, after, components]);
  const titles = useMemo(() => new Map(flow.nodes.map(({ id, data }) => [id, data.view.title])), [flow]);
  const { steps, pipeline } = comparison;
  const strips = useMemo(() => new Map(steps.map((step) => [step.key, stripOfDifference(step)])), [steps]);
  const keys = [...(pipeline.length > 0 ? [pipelineKey] : []), ...steps.map(({ key }) => key)];
  const go = (by: 1 | -1): void => {
    if (keys.length === 0) return;
    const at = selected === null ? -1 : keys.indexOf(selected);
    const next = at < 0 ? (by === 1 ? 0 : keys.length - 1) : (at + by + keys.length) % keys.length;
    setSelected(keys[next] ?? null);
  };
  const restore = (): void => {
    acts.restore({ source, title });
    onClose();
  };
  useCompareCommands({ go, close: onClose });
  useTakeKeyboard();
  return (
    <>
      <div className={classes.middle}>
        <CompareStrip title={title} summary={summaryOf(steps, pipeline)} hasAny={keys.length > 0} onGo={go} onRestore={restore} onClose={onClose} />
        <ComparisonCanvas flow={flow} strips={strips} selected={selected} onSelect={setSelected} />
      </div>
      <ResizablePanel name="inspector" label="Differences" side="right" defaultSize={328}>
        <header className={classes.head}>
          <h2>Differences</h2>
          <Switch size="xs" label="Ignore layout" checked={ignoresLayout} onChange={(event) => setIgnoresLayout(event.currentTarget.checked)} />
        </header>
        <div className={classes.scroll}>
          {isSame(comparison) ? (
            <EmptyState
              icon={IconEqual}
              title="No difference"
              hint={`The draft is as it was in ${title}${ignoresLayout ? ', but perhaps for where things stand' : ''}.`}
            />
          ) : (
            <DifferenceList steps={steps} pipeline={pipeline} titleOf={(key) => titles.get(key) ?? key} current={selected} onShow={setSelected} />
          )}
        </div>
      </ResizablePanel>
    </>
  );
}

/** What was pressed to come here is gone. */
function useTakeKeyboard(): void {
  useEffect(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
  }, []);
}
