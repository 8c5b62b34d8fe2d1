import { Preview } from '@pipewright/shared/http/preview.ts';
import { LogChunk, StepMetrics } from '@pipewright/shared/http/runs.ts';
import { Trials } from '@pipewright/shared/http/trials.ts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AssetAddress } from './assets.ts';
import { apiPath, request, withQuery } from './request.ts';
import { runKeys } from './runs.ts';

/** A step of a run. */
export interface StepAddress {
  readonly run: string;
  readonly step: string;
}

/** One output of a step, or the content of an asset; or a file in it. */
export type OutputAddress = ((StepAddress & { readonly asset?: undefined }) | { readonly asset: AssetAddress }) & {
  /** How it is called. */
  readonly port: string;
  readonly path?: string | undefined;
};

/** In place of a port: what the step has logged as artifacts of its MLflow run. No output has this name. */
const logged = '(logged)';
export const loggedOf = ({ run, step }: StepAddress): OutputAddress => ({ run, step, port: logged });

const stepRunKeys = {
  all: (address: StepAddress) => [...runKeys.all(), 'step', address.run, address.step] as const,
  metrics: (address: StepAddress) => [...stepRunKeys.all(address), 'metrics'] as const,
  preview: (output: OutputAddress, offset: number) => [...runKeys.all(), 'preview', outputPath(output), offset] as const,
};

export const metricsQuery = (address: StepAddress) =>
  queryOptions({
    queryKey: stepRunKeys.metrics(address),
    queryFn: ({ signal }) => request(apiPath('runs', address.run, 'steps', address.step, 'metrics'), StepMetrics, { signal }),
  });

/** Names of the files that a step has logged. */
export const loggedQuery = (address: StepAddress) =>
  queryOptions({
    queryKey: [...stepRunKeys.all(address), 'logged'],
    queryFn: ({ signal }) => request(outputPath(loggedOf(address)), Preview, { signal }),
  });

/** What a sweep has tried. */
export const trialsQuery = (address: StepAddress) =>
  queryOptions({
    queryKey: [...stepRunKeys.all(address), 'trials'],
    queryFn: ({ signal }) => request(apiPath('runs', address.run, 'steps', address.step, 'trials'), Trials, { signal }),
  });

export const previewPageSize = 100;

/** Bytes of a finished step never change, so neither does their preview. */
export const previewQuery = (output: OutputAddress, offset = 0) =>
  queryOptions({
    queryKey: stepRunKeys.preview(output, offset),
    queryFn: ({ signal }) => request(withQuery(outputPath(output), { view: 'preview', offset, limit: previewPageSize }), Preview, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });

/** Where the bytes of an output, or of a file in it, are served. */
export function outputPath({ path, ...output }: OutputAddress): string {
  const base = output.asset
    ? apiPath(output.asset.noun, output.asset.name, 'versions', output.asset.version, 'content')
    : output.port === logged
      ? apiPath('runs', output.run, 'steps', output.step, 'logged')
      : apiPath('runs', output.run, 'steps', output.step, 'outputs', output.port);
  return path === undefined || path === '' ? base : `${base}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

export interface LogRange extends StepAddress {
  readonly attempt?: number | undefined;
  readonly offset: number;
}

export function readLog({ run, step, attempt, offset }: LogRange, signal?: AbortSignal): Promise<LogChunk> {
  return request(withQuery(apiPath('runs', run, 'steps', step, 'logs'), { attempt, offset }), LogChunk, signal ? { signal } : {});
}
