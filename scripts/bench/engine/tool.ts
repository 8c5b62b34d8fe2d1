import type { TaskGraph } from './task-graph.ts';

export interface Measured {
  readonly ms: number;
  /** How many tasks it did; null where it does not say. */
  readonly executed: number | null;
}

/** A graph laid out for one tool. */
export interface Project extends AsyncDisposable {
  /** Does what is due. */
  run(): Promise<Measured>;
  /** Makes everything due again. */
  forget(): Promise<void>;
  /** Where the files lie that tasks read. */
  readonly sources: string;
}

/** One of those that are compared. */
export interface Tool {
  readonly name: string;
  layOut(graph: TaskGraph, parallel: number): Promise<Project>;
}
