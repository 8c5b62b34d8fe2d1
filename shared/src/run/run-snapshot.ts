import { z } from 'zod';
import { Component } from '../component/component.ts';
import { Environment } from '../component/environment.ts';
import { ContentHash } from '../ids.ts';
import { Layout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';

/** A tree of files by relative path, as hashed when the run was accepted. */
export const CodeSnapshot = z.object({
  hash: ContentHash,
  files: z.record(z.string(), ContentHash),
});
export type CodeSnapshot = z.infer<typeof CodeSnapshot>;

/** Local data as it was when the run was accepted. */
export const DataSnapshot = z.object({
  /** Absolute path on the server's machine. */
  path: z.string(),
  hash: ContentHash,
  isFolder: z.boolean(),
});
export type DataSnapshot = z.infer<typeof DataSnapshot>;

export const ResolvedComponent = z.object({
  component: Component,
  /** Null for a component without code. */
  code: CodeSnapshot.nullable(),
  /** Null: the base Python environment. */
  environment: Environment.nullable(),
});
export type ResolvedComponent = z.infer<typeof ResolvedComponent>;

/**
 * The immutable document of a run: the pipeline with its inputs filled in, every step's component resolved to exact
 * content. `components` is keyed by step; `data` by the reference's text as the step or pipeline input wrote it.
 */
export const RunSnapshot = z.object({
  document: Pipeline,
  layout: Layout,
  components: z.record(z.string(), ResolvedComponent),
  data: z.record(z.string(), DataSnapshot),
  /** The folder that relative paths were resolved against. */
  folder: z.string(),
  force: z.boolean(),
});
export type RunSnapshot = z.infer<typeof RunSnapshot>;
