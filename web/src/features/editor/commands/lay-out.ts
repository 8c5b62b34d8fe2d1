import type { ElkNode } from 'elkjs/lib/elk-api.js';

type LayOut = (graph: ElkNode) => Promise<ElkNode>;

let loading: Promise<LayOut> | null = null;

/** Lays a graph out in a worker, so that the canvas stays alive; the worker and ELK load at the first use. */
export async function layOut(graph: ElkNode): Promise<ElkNode> {
  loading ??= load();
  const run = await loading.catch((error: unknown) => {
    // Offline at the first use, perhaps: the next one tries again.
    loading = null;
    throw error;
  });
  return run(graph);
}

async function load(): Promise<LayOut> {
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([import('elkjs/lib/elk-api.js'), import('elkjs/lib/elk-worker.min.js?url')]);
  const elk = new Elk({ workerFactory: () => new Worker(workerUrl) });
  return (graph) => elk.layout(graph);
}
