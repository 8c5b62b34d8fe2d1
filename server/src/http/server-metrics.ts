import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { RunStatus } from '@pipewright/shared/run/status.ts';
import type { Services } from './services.ts';

/** Prometheus: the process's own figures, and how many runs stand where. */
export function createMetricsHandler(services: Services): RequestHandler {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const runs = new Gauge({ name: 'pipewright_runs', help: 'Runs of this workspace by status', labelNames: ['status'], registers: [registry] });
  return async (_request, response) => {
    const counts = await services.store.runs.countByStatus();
    for (const status of RunStatus.options) runs.set({ status }, counts[status] ?? 0);
    response.type(registry.contentType).send(await registry.metrics());
  };
}
