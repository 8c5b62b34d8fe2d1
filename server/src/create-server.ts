import { createServer as createHttpServer, type Server } from 'node:http';
import { join } from 'node:path';
import { clearUnfinished } from './assets/place-component.ts';
import { clearUploads } from './assets/uploads.ts';
import { createArtifactStore } from './artifacts/create-artifact-store.ts';
import { createLocalRunner } from './compute/local/local-runner.ts';
import { codeRulesOf, defaultNetworkRules, type Config } from './config.ts';
import { toDataFolderError, type DataFolder } from './data-folder.ts';
import { DiskReserve } from './disk-reserve.ts';
import { CommentService } from './drafts/comment-service.ts';
import { DraftService } from './drafts/draft-service.ts';
import { createEnvironmentBuilder } from './environments/create-environment-builder.ts';
import { readSamples } from './gallery/read-gallery.ts';
import { createImportService } from './imports/create-import-service.ts';
import { callerName } from './http/caller-name.ts';
import { createApp } from './http/create-app.ts';
import { isAllowedCaller } from './http/is-allowed-caller.ts';
import type { Services } from './http/services.ts';
import { listenOnLoopback, loopback } from './listen-on-loopback.ts';
import type { Logger } from './logger.ts';
import { createPreviewer } from './preview/create-previewer.ts';
import { attachGateway } from './realtime/gateway.ts';
import { createComponentRegistry } from './registry/create-component-registry.ts';
import { createEnvironmentRegistry } from './registry/create-environment-registry.ts';
import { registerBuiltIns } from './registry/register-built-ins.ts';
import type { RetentionParts } from './retention/collect-garbage.ts';
import { createRetention } from './retention/create-retention.ts';
import type { Clock } from './scheduler/effect-context.ts';
import { Differences } from './scheduler/differences.ts';
import { createDownloads } from './data/downloads.ts';
import { DataFinder } from './data/find-data.ts';
import { MetricNews } from './scheduler/metric-news.ts';
import { createScheduler } from './scheduler/create-scheduler.ts';
import type { Scheduler } from './scheduler/scheduler.ts';
import { machineCapacity } from './scheduler/machine-capacity.ts';
import { Slots } from './scheduler/slots.ts';
import { readDisplayName } from './store/display-name.ts';
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts';
import type { Store } from './store/store.ts';
import { createLoggedPlaces } from './tracking/logged-places.ts';
import { version } from './version.ts';

export interface ServerOptions {
  readonly folder: DataFolder;
  readonly config: Config;
  readonly logger: Logger;
  /** 0: any free one. */
  readonly port: number;
  readonly pageFolder: string | null;
  /** It ends with the command that has it. */
  readonly isPassing?: boolean;
  /** Between TERM and KILL when a step is stopped. */
  readonly graceMs?: number;
}

export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  readonly services: Services;
  readonly scheduler: Scheduler;
  readonly store: Store;
}

const catalog = join(import.meta.dirname, '..', 'catalog');

/**
 * The composition root: the only place that knows which parts there are and how they hang together. What is opened here
 * is closed in the opposite order; steps live on, unless `scheduler.interrupt()` was called before.
 */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const opened = new AsyncDisposableStack();
  try {
    return await open(options, opened);
  } catch (error) {
    await opened.disposeAsync();
    throw toDataFolderError(error, options.folder.path) ?? error;
  }
}

async function open(options: ServerOptions, opened: AsyncDisposableStack): Promise<RunningServer> {
  const { folder, config, logger } = options;
  const clock: Clock = { now: () => new Date() };
  const reserve = opened.use(new DiskReserve(folder.in('reserve')));
  const store = opened.use(await openSqliteStore(folder.in('pipewright.db'), () => reserve.giveUp()));
  await registerBuiltIns({ catalog, registry: store.registry, assets: store.assets, logger, now: clock.now().toISOString() });

  const artifacts = createArtifactStore(folder.in('objects'), () => clock.now().getTime(), codeRulesOf(config));
  const runner = opened.use(createLocalRunner({ graceMs: options.graceMs ?? 10_000 }));
  const environments = opened.use(createEnvironmentBuilder({ folder: folder.in('environments'), toolsFolder: folder.in('tools'), now: () => clock.now() }));
  const previewer = opened.use(createPreviewer());
  const components = createComponentRegistry(store.registry);
  const environmentRegistry = createEnvironmentRegistry(store.registry, config.environments);
  const places = placesIn(folder);
  const { runsFolder, trackingFolder, assetsFolder, uploadsFolder } = places;
  const retention = opened.use(
    createRetention({ store: store.retention, upkeep: artifacts.upkeep, environments, ...places, now: () => clock.now().getTime() }),
  );
  let url = '';
  const downloads = createDownloads(folder.in('downloads'), config.network ?? defaultNetworkRules);
  const data = new DataFinder({ config, store, artifacts, downloads, logged: createLoggedPlaces({ store, artifacts, runsFolder, trackingFolder }) });
  const machine = machineCapacity(config);
  const metricNews = new MetricNews();
  await clearUploads(uploadsFolder, clock.now().getTime());
  await clearUnfinished(assetsFolder);
  const world = {
    store,
    artifacts,
    runner,
    environments,
    data,
    locks: environments,
    slots: new Slots(machine),
    differences: new Differences(),
    metricNews,
    logger,
    clock,
    runsFolder,
    trackingUri: () => `${url}/mlflow`,
  };
  const scheduler = opened.use(createScheduler({ components, environmentRegistry, artifacts, data, assets: store.assets, machine, world }));
  const drafts = new DraftService({ store, components, clock });
  const imports = createImportService(config, { drafts, downloads, importsFolder: places.importsFolder });

  const services: Services = {
    version,
    config,
    store,
    drafts,
    comments: new CommentService({ store, drafts, clock }),
    imports,
    importsFolder: places.importsFolder,
    scheduler,
    components,
    environmentRegistry,
    environments,
    artifacts,
    previewer,
    data,
    retention,
    samples: await readSamples(catalog, logger),
    runsFolder,
    metricNews,
    catalog,
    assetsFolder,
    trackingFolder,
    uploadsFolder,
    clock,
    displayName: async () => callerName() ?? (await readDisplayName(store, config)),
  };
  const http = createHttpServer(createApp({ services, logger, pageFolder: options.pageFolder }));
  opened.defer(async () => await closeHttp(http));
  opened.use(attachGateway({ http, store, scheduler, drafts, comments: services.comments, runsFolder, logger, isAllowed: isAllowedCaller }));
  const port = await listenOnLoopback(http, await portsToTry(store, options.port));
  url = `http://${loopback}:${port}`;
  await store.settings.set('lastPort', port);
  await scheduler.recover();
  retention.finishEarlier();
  reserve.fill();
  await folder.announce({ pid: process.pid, url, version, startedAt: clock.now().toISOString(), ...(options.isPassing ? { passing: true } : {}) });

  return { url, services, scheduler, store, [Symbol.asyncDispose]: async () => await opened.disposeAsync() };
}

type RetainedPlaces = Pick<RetentionParts, 'runsFolder' | 'environmentsFolder' | 'downloadsFolder' | 'importsFolder'>;

const placesIn = (folder: DataFolder): RetainedPlaces & Pick<Services, 'trackingFolder' | 'assetsFolder' | 'uploadsFolder'> => ({
  assetsFolder: folder.in('assets'),
  uploadsFolder: folder.in('uploads'),
  trackingFolder: folder.in('tracking'),
  runsFolder: folder.in('runs'),
  environmentsFolder: folder.in('environments'),
  downloadsFolder: folder.in('downloads'),
  importsFolder: folder.in('imports'),
});

/** Steps that run know the port of the server before: a free choice begins with that one. */
async function portsToTry(store: Store, port: number): Promise<readonly number[]> {
  if (port !== 0) return [port];
  const last = await store.settings.get('lastPort');
  const hasUnfinished = (await store.runs.unfinished()).length > 0;
  return hasUnfinished && typeof last === 'number' ? [last, 0] : [0];
}

async function closeHttp(http: Server): Promise<void> {
  if (!http.listening) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  http.close(() => resolve());
  http.closeAllConnections();
  await promise;
}
