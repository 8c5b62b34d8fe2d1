import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import type { ParameterDefinition } from '@pipewright/shared/component/ports.ts';
import type { Preview } from '@pipewright/shared/http/preview.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { draftDataQuery } from '../../../../api/drafts.ts';
import { previewQuery } from '../../../../api/step-runs.ts';
import { runStoreOf } from '../../../../realtime/run-store.ts';
import { columnOrigins, type ColumnOrigin } from '../../model/column-origins.ts';
import { noColumns, type TableColumns } from '../../model/table-columns.ts';
import { useDerived, useEditor, useEditorState } from '../../store/editor-context.tsx';

/** The columns of the tables that a parameter is about: as they were in the attached run, or as the data has them that comes in. */
export function useTableColumns(step: string, definition: ParameterDefinition): TableColumns {
  const { draftId } = useEditor();
  const runId = useEditorState((state) => state.attachedRun);
  const document = useEditorState((state) => state.content.document);
  const components = useEditorState((state) => state.components);
  const views = useDerived((derived) => derived.views);
  const wanted = definition['x-pipewright']?.columns_of;
  const origins = useMemo(() => {
    const inputs = Object.entries(interfaceOf(step, document, components)?.inputs ?? {}).flatMap(([name, input]) => (isScalarType(input.type) ? [] : [name]));
    const meant = inputs.filter((name) => wanted === undefined || name === wanted);
    return meant.map((input) => columnOrigins({ document, components }, step, input));
  }, [step, document, components, wanted]);
  const flat = origins.flat();
  const made = flat.filter((origin) => origin.kind === 'output');
  const data = flat.filter((origin) => origin.kind === 'data');
  const ready = useStore(
    runStoreOf(runId),
    useShallow((view) => made.map((origin) => isMade(view.steps, origin))),
  );
  const previews = useQueries({
    queries: made.map(({ step: maker, port }, index) => ({
      ...previewQuery({ run: runId ?? '', step: maker, port }),
      enabled: runId !== null && ready[index] === true,
    })),
  });
  const looks = useQueries({ queries: data.map(({ path, type }) => ({ ...draftDataQuery(draftId, { path, type }), retry: false })) });
  const columnsAt = (origin: ColumnOrigin): TableColumns['columns'] | null =>
    columnsOf(origin.kind === 'data' ? looks[data.indexOf(origin)]?.data : previews[made.indexOf(origin)]?.data);
  const nameOf = (origin: ColumnOrigin): string =>
    origin.kind === 'data'
      ? `from ${origin.path.slice(origin.path.lastIndexOf('/') + 1)}`
      : `from ${views.get(origin.step)?.title ?? origin.step} in run ${runId ?? ''}`;
  return joinTables(
    origins.flatMap((chain): TableColumns[] => {
      for (const origin of chain) {
        const columns = columnsAt(origin);
        if (columns !== null) return [{ columns, from: nameOf(origin) }];
      }
      return [];
    }),
  );
}

function isMade(steps: Readonly<Record<string, object>>, { step, port }: { readonly step: string; readonly port: string }): boolean {
  const run = steps[step];
  return run !== undefined && 'outputs' in run && typeof run.outputs === 'object' && run.outputs !== null && Object.hasOwn(run.outputs, port);
}

const columnsOf = (preview: Preview | undefined): TableColumns['columns'] | null =>
  preview?.kind === 'table' ? preview.columns.map(({ name, kind }) => ({ name, kind })) : null;

/** Of a step that reads several tables, the columns of all, each name once. */
function joinTables([first, ...others]: readonly TableColumns[]): TableColumns {
  if (!first) return noColumns;
  if (others.length === 0) return first;
  const names = new Map([first, ...others].flatMap(({ columns }) => columns).map((column) => [column.name, column]));
  return { columns: [...names.values()], from: `from ${others.length + 1} tables` };
}
