import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { RunStatus } from '@pipewright/shared/run/status.ts';
import type { Services } from './services.ts';

/** Prometheus: the process's own figures, and how many runs stand where. */
export function createMetricsHandler(services: Services): RequestHandler {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const runs = new Gauge({ name: 'pipewright_unfinished_runs', help: 'Runs that have not ended', registers: [registry] });
  const statuses = new Gauge({ name: 'pipewright_recent_runs', help: 'The latest 500 runs by status', labelNames: ['status'], registers: [registry] });
  return async (_request, response) => {
    runs.set((await services.store.runs.unfinished()).length);
    const { items } = await services.store.runs.list({ limit: 500 });
    for (const status of RunStatus.options) statuses.set({ status }, items.filter((run) => run.status === status).length);
    response.type(registry.contentType).send(await registry.metrics());
  };
}
