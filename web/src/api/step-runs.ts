import { Preview, PreviewAnswer, TableProfile, TableRelations } from '@pipewright/shared/http/preview.ts';
import { LogChunk, StepMetrics } from '@pipewright/shared/http/runs.ts';
import { Trials } from '@pipewright/shared/http/trials.ts';
import { type TableChart, TableChartData, type TableView, wholeTable } from '@pipewright/shared/http/table-view.ts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AssetAddress } from './assets.ts';
import { apiPath, request, withQuery } from './request.ts';
import { runKeys } from './runs.ts';

/** A step of a run. */
export interface StepAddress {
  readonly run: string;
  readonly step: string;
}

/** An MLflow run outside of steps, by its id. */
export interface TrackedAddress {
  readonly tracked: string;
}

type Owner =
  | (StepAddress & { readonly asset?: undefined; readonly tracked?: undefined })
  | { readonly asset: AssetAddress; readonly tracked?: undefined }
  | (TrackedAddress & { readonly asset?: undefined });

/** One output of a step, the content of an asset, or what an MLflow run has logged; or a file in it. */
export type OutputAddress = Owner & {
  /** How it is called. */
  readonly port: string;
  readonly path?: string | undefined;
};

/** In place of a port: what was logged as artifacts of an MLflow run. No output has this name. */
const logged = '(logged)';
export const loggedOf = (address: StepAddress | TrackedAddress): OutputAddress => ({ ...address, port: logged });

const stepRunKeys = {
  all: (address: StepAddress) => [...runKeys.all(), 'step', address.run, address.step] as const,
  metrics: (address: StepAddress) => [...stepRunKeys.all(address), 'metrics'] as const,
  preview: (output: OutputAddress, ...about: readonly unknown[]) => [...runKeys.all(), 'preview', outputPath(output), ...about] as const,
};

export const metricsQuery = (address: StepAddress) =>
  queryOptions({
    queryKey: stepRunKeys.metrics(address),
    queryFn: ({ signal }) => request(apiPath('runs', address.run, 'steps', address.step, 'metrics'), StepMetrics, { signal }),
  });

/** Names of the files that a step, or a run outside of steps, has logged. */
export const loggedQuery = (address: StepAddress | TrackedAddress) =>
  queryOptions({
    queryKey: [...runKeys.all(), 'logged', outputPath(loggedOf(address))],
    queryFn: ({ signal }) => request(outputPath(loggedOf(address)), Preview, { signal }),
  });

/** What a sweep has tried. */
export const trialsQuery = (address: StepAddress) =>
  queryOptions({
    queryKey: [...stepRunKeys.all(address), 'trials'],
    queryFn: ({ signal }) => request(apiPath('runs', address.run, 'steps', address.step, 'trials'), Trials, { signal }),
  });

export const previewPageSize = 100;

/** Bytes of a finished step never change, so neither does what is told of them; a notebook may log a file again. */
const staleTimeOf = (output: OutputAddress): number => (output.tracked === undefined ? Number.POSITIVE_INFINITY : 0);

/** Of a table the rows alone: what its columns hold comes by `profileQuery`. Of a text the piece that begins at `offset`. */
export const previewQuery = (output: OutputAddress, offset = 0, view: TableView = wholeTable) =>
  queryOptions({
    queryKey: stepRunKeys.preview(output, offset, view),
    queryFn: ({ signal }) => {
      const query = { view: 'preview', profile: 'later', offset, limit: previewPageSize, table: viewText(view) };
      return request(withQuery(outputPath(output), query), Preview, { signal });
    },
    staleTime: staleTimeOf(output),
    placeholderData: keepPreviousData,
  });

/** The rest of what is told of a table; a failure says why it cannot be. */
async function askTable<T extends z.ZodType>(schema: T, path: string, signal: AbortSignal): Promise<z.infer<T>> {
  const answer = await request(path, PreviewAnswer, { signal });
  if (answer.kind === 'unavailable') throw new Error(answer.message);
  return schema.parse(answer);
}

const viewText = (view: TableView): string | undefined => (view === wholeTable ? undefined : JSON.stringify(view));

/** What the columns of a table hold. */
export const profileQuery = (output: OutputAddress, columnsLike = '') =>
  queryOptions({
    queryKey: stepRunKeys.preview(output, 'profile', columnsLike),
    queryFn: ({ signal }) => {
      const table = viewText(columnsLike === '' ? wholeTable : { filters: [], columnsLike });
      return askTable(TableProfile, withQuery(outputPath(output), { view: 'profile', table }), signal);
    },
    staleTime: staleTimeOf(output),
  });

/** What goes with the numbers of one column. */
export const relationsQuery = (output: OutputAddress, column: string) =>
  queryOptions({
    queryKey: stepRunKeys.preview(output, 'relations', column),
    queryFn: ({ signal }) => askTable(TableRelations, withQuery(outputPath(output), { view: 'relations', column }), signal),
    staleTime: staleTimeOf(output),
  });

export const chartQuery = (output: OutputAddress, chart: TableChart, view: TableView) =>
  queryOptions({
    queryKey: stepRunKeys.preview(output, 'chart', chart, view),
    queryFn: ({ signal }) => {
      const query = { view: 'chart', chart: JSON.stringify(chart), table: viewText(view) };
      return askTable(TableChartData, withQuery(outputPath(output), query), signal);
    },
    staleTime: staleTimeOf(output),
    placeholderData: keepPreviousData,
  });

/** Where the bytes of an output, or of a file in it, are served. */
export function outputPath({ path, ...output }: OutputAddress): string {
  const base = ownerPath(output);
  return path === undefined || path === '' ? base : `${base}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function ownerPath(output: OutputAddress): string {
  if (output.asset) return apiPath(output.asset.noun, output.asset.name, 'versions', output.asset.version, 'content');
  if (output.tracked !== undefined) return apiPath('tracked-runs', output.tracked, 'logged');
  if (output.port === logged) return apiPath('runs', output.run, 'steps', output.step, 'logged');
  return apiPath('runs', output.run, 'steps', output.step, 'outputs', output.port);
}

export interface LogRange extends StepAddress {
  readonly attempt?: number | undefined;
  readonly offset: number;
}

export function readLog({ run, step, attempt, offset }: LogRange, signal?: AbortSignal): Promise<LogChunk> {
  return request(withQuery(apiPath('runs', run, 'steps', step, 'logs'), { attempt, offset }), LogChunk, signal ? { signal } : {});
}
