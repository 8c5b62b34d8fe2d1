import type { Pipeline } from './pipeline.ts';

/** What to call a pipeline: what it says of itself, else the experiment that its runs belong to. */
export const pipelineTitle = ({ display_name: title, name, experiment_name: experiment }: Pipeline): string =>
  title ?? name ?? experiment ?? 'Untitled pipeline';
