import { Menu } from '@mantine/core';
import { IconPin } from '@tabler/icons-react';
import { isRunEnded, isStepDone } from '@pipewright/shared/run/status.ts';
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { runQuery, runsQuery } from '../../../api/runs.ts';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { pinStep } from './aside-acts.ts';

/** Older runs are looked at on their own page. */
const mostRuns = 12;

/** The runs of the draft in which the step came to a result, newest first: the one that is chosen is taken from now on. */
export function PinMenu({ overlay }: { readonly overlay: Extract<Overlay, { kind: 'pin' }> }) {
  const editor = useEditor();
  const { step } = overlay;
  const title = useDerived((derived) => derived.views.get(step)?.title ?? step);
  const isPipeline = useDerived((derived) => derived.views.get(step)?.isPipeline ?? false);
  const { data, isLoading } = useInfiniteQuery(runsQuery({ draft: editor.draftId }));
  const ended = (data?.pages.flatMap(({ items }) => items) ?? []).filter(({ status }) => isRunEnded(status)).slice(0, mostRuns);
  const runs = useQueries({ queries: ended.map(({ id }) => runQuery(id)) });
  const isReading = isLoading || runs.some((run) => run.isLoading);
  const found = runs.flatMap(({ data: run }) => {
    const rows = run?.steps.filter(({ key }) => key === step || (isPipeline && key.startsWith(`${step}/`))) ?? [];
    return run && rows.length > 0 && rows.every(({ status }) => isStepDone(status)) ? [run] : [];
  });
  return (
    <Menu opened onClose={() => editor.store.getState().open(null)} position="bottom-start" offset={0} width={264} withinPortal>
      <Menu.Target>
        <span style={{ position: 'fixed', left: overlay.at.x, top: overlay.at.y, width: 0, height: 0 }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Pin the result of {title}</Menu.Label>
        {found.map(({ id, name, queuedAt }) => (
          <Menu.Item key={id} leftSection={<IconPin size={15} stroke={1.8} />} onClick={() => pinStep(editor, step, { run: id, step })}>
            Run {id} <span className="pw-muted pw-xs">{describeRun(name, queuedAt)}</span>
          </Menu.Item>
        ))}
        {found.length === 0 && <Menu.Item disabled>{isReading ? 'Reading the runs…' : 'No run of this draft has a result of it yet.'}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

const describeRun = (name: string, queuedAt: string): string =>
  `${name} · ${new Date(queuedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}`;
