import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../../testing/render-page.tsx';
import { startTestBackend } from '../../../testing/test-backend.ts';
import { RunsPage } from '../runs/runs-page.tsx';
import { TrackedRunPage } from './tracked-run-page.tsx';
import { TrackingAddressPage } from './tracking-address-page.tsx';

/** What is drawn is looked at in a browser; here, what is asked for. */
vi.mock('../../../step-run/metrics/curve-chart.tsx', () => ({
  CurveChart: ({ label }: { readonly label: string }) => <div role="img" aria-label={label} />,
}));

const startedAt = Date.parse('2026-11-20T10:00:00.000Z');

interface Logged {
  readonly status?: string;
  readonly experiment?: string;
  readonly metrics?: Readonly<Record<string, number | string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

const pairs = <V,>(record: Readonly<Record<string, V>>) => Object.entries(record).map(([key, value]) => ({ key, value }));

/** A run as MLflow's API describes it. */
const aTrackedRun = (id: string, name: string, { status = 'FINISHED', experiment = '1', metrics = {}, params = {}, tags = {} }: Logged = {}) => ({
  info: {
    run_id: id,
    run_name: name,
    experiment_id: experiment,
    user_id: 'ada',
    status,
    start_time: status === 'RUNNING' ? Date.now() : startedAt,
    ...(status === 'RUNNING' ? {} : { end_time: startedAt + 72_000 }),
    lifecycle_stage: 'active',
  },
  data: { metrics: pairs(metrics).map((metric) => ({ ...metric, timestamp: 1, step: 0 })), params: pairs(params), tags: pairs(tags) },
});

const experiments = [
  { experiment_id: '1', name: 'car-prices' },
  { experiment_id: '2', name: 'churn' },
];

interface Search {
  readonly experiment_ids: readonly string[];
  readonly filter: string;
  readonly page_token: string;
}

/** Answers searches by what is asked for, and keeps what was asked: searches, and the ids of single runs. */
async function trackingBackend(find: (search: Search) => unknown, known: readonly ReturnType<typeof aTrackedRun>[] = []) {
  const searches: Search[] = [];
  const gets: (string | null)[] = [];
  const backend = await startTestBackend(({ path, query, body }) => {
    const verb = path.replace('/mlflow/ajax-api/2.0/mlflow/', '');
    if (verb === 'experiments/search') return { experiments };
    if (verb === 'experiments/get') return { experiment: experiments.find(({ experiment_id }) => experiment_id === query.get('experiment_id')) };
    if (verb === 'runs/search') {
      searches.push(body as Search);
      return find(body as Search);
    }
    if (verb === 'runs/get') {
      gets.push(query.get('run_id'));
      const run = known.find(({ info }) => info.run_id === query.get('run_id'));
      return run ? { run } : { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'Run not found' } };
    }
    if (path === '/api/tracked-runs/r1/metrics') {
      const points = [3, 2, 1].map((value, step) => ({ step, at: 1, value }));
      return {
        metrics: [
          { name: 'loss', last: 1, points },
          { name: 'r2', last: null, points: [] },
        ],
        params: { depth: '6' },
      };
    }
    if (path === '/api/tracked-runs/r1/logged') return { kind: 'files', files: [{ path: 'notes/readme.txt', sizeBytes: 5 }], isTruncated: false };
    if (path === '/api/tracked-runs/r1/logged/notes/readme.txt')
      return { kind: 'text', language: 'text', text: 'hello there', isTruncated: false, end: 11, sizeBytes: 11 };
    if (path === '/api/runs') return { items: [], nextCursor: null };
    return undefined;
  });
  return { backend, searches, gets };
}

const routes = {
  '/runs': <RunsPage />,
  '/tracked': <TrackingAddressPage />,
  '/tracked/:id': <TrackedRunPage />,
};

afterEach(() => vi.unstubAllGlobals());

describe('the list of runs of notebooks and scripts', () => {
  it('is a view of the runs page, with experiments by name and the metrics that most runs have', async () => {
    const { backend, searches } = await trackingBackend(() => ({
      runs: [
        aTrackedRun('r1', 'ridge', { metrics: { rmse: 2782.3, r2: 'NaN' } }),
        aTrackedRun('r2', 'lasso', { status: 'KILLED', experiment: '2', metrics: { rmse: 3000 } }),
      ],
    }));
    const page = await renderPage({ backend, routes, at: '/runs?status=failed' });
    await userEvent.click(await screen.findByRole('radio', { name: 'Notebooks and scripts' }));
    expect(page.address()).toBe('/runs?view=scripts');
    const table = within(await screen.findByRole('table', { name: 'Runs of notebooks and scripts' }));
    expect(table.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Status',
      'Run',
      'Experiment',
      'By',
      'rmse',
      'r2',
      'Time',
      'Started',
    ]);
    const cells = (name: string) => [...(table.getByRole('link', { name }).closest('tr')?.cells ?? [])].map(({ textContent }) => textContent).slice(0, 7);
    expect(cells('Run ridge')).toEqual(['Completed', 'ridge', 'car-prices', 'ada', '2,782.3', 'NaN', '1:12']);
    expect(cells('Run lasso')).toEqual(['Cancelled', 'lasso', 'churn', 'ada', '3,000', '–', '1:12']);
    expect(table.getByRole('link', { name: 'Run ridge' }).getAttribute('href')).toBe('/tracked/r1');
    expect(searches[0]).toMatchObject({ experiment_ids: ['1', '2'], filter: 'tags.`pipewright.run` IS NULL AND tags.`mlflow.parentRunId` IS NULL' });
  });

  it('asks for one experiment, for a text in which nothing means anything to the filter, and for older runs', async () => {
    const { backend, searches } = await trackingBackend(({ page_token }) =>
      page_token === '' ? { runs: [aTrackedRun('r1', 'ridge')], next_page_token: '50' } : { runs: [aTrackedRun('r2', 'older')] },
    );
    const page = await renderPage({ backend, routes, at: '/runs?view=scripts&experiment=2' });
    await userEvent.click(await screen.findByRole('button', { name: 'Show older runs' }));
    await screen.findByRole('link', { name: 'Run older' });
    expect(screen.queryByRole('button', { name: 'Show older runs' })).toBeNull();
    expect(searches.at(-1)).toMatchObject({ experiment_ids: ['2'], page_token: '50' });
    await userEvent.type(screen.getByRole('textbox', { name: 'Search runs' }), "it's 5%");
    await waitFor(() => expect(searches.at(-1)?.filter).toBe("tags.`pipewright.run` IS NULL AND attributes.run_name ILIKE '%it_s 5_%'"));
    expect(page.address()).toContain('experiment=2');
  });

  it('says how to log where there is nothing yet, and shows all again where nothing was found', async () => {
    const { backend } = await trackingBackend(() => ({ runs: [] }));
    const page = await renderPage({ backend, routes, at: '/runs?view=scripts&search=x' });
    await userEvent.click(await screen.findByRole('link', { name: 'Show all runs' }));
    expect(page.address()).toBe('/runs?view=scripts');
    await screen.findByText('No runs of notebooks or scripts yet');
    expect(screen.getByText(`MLFLOW_TRACKING_URI=${window.location.origin}/mlflow`)).toBeTruthy();
  });

  it('follows a run that goes on', async () => {
    let status = 'RUNNING';
    const { backend } = await trackingBackend(() => ({ runs: [aTrackedRun('r1', 'ridge', { status })] }));
    await renderPage({ backend, routes, at: '/runs?view=scripts' });
    await screen.findByText('Running');
    status = 'FINISHED';
    await waitFor(() => expect(screen.queryByText('Running')).toBeNull(), { timeout: 6000 });
    expect(screen.getByText('Completed')).toBeTruthy();
  }, 10_000);

  it('says in the words of the server what could not be read', async () => {
    const { backend } = await trackingBackend(() => ({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'The filter is wrong.' } }));
    await renderPage({ backend, routes, at: '/runs?view=scripts' });
    await screen.findByText('The filter is wrong.');
  });
});

describe('a tracked run', () => {
  const ridge = aTrackedRun('r1', 'ridge', {
    params: { depth: '6' },
    tags: {
      team: 'blue',
      'mlflow.source.name': 'fit.ipynb',
      'mlflow.source.type': 'NOTEBOOK',
      'mlflow.parentRunId': 'r0',
      'mlflow.note.content': 'See **it**',
    },
  });
  const known = [ridge, aTrackedRun('r0', 'search')];
  const fold = aTrackedRun('r2', 'fold 1', { metrics: { loss: 5 } });

  it('has a page with what was logged, where it is from, and the runs within it', async () => {
    const { backend, searches } = await trackingBackend(() => ({ runs: [fold] }), known);
    await renderPage({ backend, routes, at: '/tracked/r1' });
    const metrics = within(await screen.findByRole('region', { name: 'Metrics' }));
    await metrics.findByRole('img', { name: 'loss over 3 points, last 1' });
    expect(metrics.getByText('NaN')).toBeTruthy();
    await metrics.findByText('hello there');
    expect(metrics.getByRole('link', { name: 'Download notes/readme.txt' }).getAttribute('href')).toBe('/api/tracked-runs/r1/logged/notes/readme.txt');
    const facts = within(screen.getByRole('complementary', { name: 'This run' }));
    expect((await facts.findByRole('link', { name: 'car-prices' })).getAttribute('href')).toBe('/runs?view=scripts&experiment=1');
    expect((await facts.findByRole('link', { name: 'search' })).getAttribute('href')).toBe('/tracked/r0');
    for (const text of ['fit.ipynb', 'depth', 'blue', 'it']) expect(facts.getByText(text)).toBeTruthy();
    expect(facts.queryByText('NOTEBOOK')).toBeNull();
    await userEvent.click(facts.getByRole('button', { name: /^Tags of MLflow/ }));
    expect(facts.getByText('NOTEBOOK')).toBeTruthy();
    const children = within(screen.getByRole('table', { name: 'Child runs' }));
    expect(children.getByRole('link', { name: 'Run fold 1' }).getAttribute('href')).toBe('/tracked/r2');
    expect(searches).toMatchObject([{ experiment_ids: ['1'], filter: "tags.`mlflow.parentRunId` = 'r1'" }]);
  });

  it('is asked for again while it goes on; the run that it is a part of is named, and not followed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const parts = [
        aTrackedRun('r1', 'fold', { status: 'RUNNING', tags: { 'mlflow.parentRunId': 'r0' } }),
        aTrackedRun('r0', 'search', { status: 'RUNNING' }),
      ];
      const { backend, gets } = await trackingBackend(() => ({ runs: [] }), parts);
      await renderPage({ backend, routes, at: '/tracked/r1' });
      await screen.findByRole('link', { name: 'search' });
      for (const times of [2, 3]) {
        vi.advanceTimersByTime(3000);
        await vi.waitFor(() => expect(gets.filter((id) => id === 'r1')).toHaveLength(times));
      }
      expect(gets.filter((id) => id === 'r0')).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is found by the address that MLflow's clients print", async () => {
    const { backend } = await trackingBackend(() => ({ runs: [] }), known);
    const page = await renderPage({ backend, routes, at: '/tracked#/experiments/1/runs/r1' });
    await screen.findByRole('heading', { name: 'ridge' });
    expect(page.address()).toBe('/tracked/r1');
  });

  it('leads to the step whose run it is; one within it has a page of its own', async () => {
    const tags = { 'pipewright.run': '7', 'pipewright.step': 'each/2' };
    const own = [aTrackedRun('s1', 'each/2', { tags }), aTrackedRun('s2', 'trial', { tags: { ...tags, 'mlflow.parentRunId': 's1' } })];
    const { backend } = await trackingBackend(() => ({ runs: [] }), own);
    const step = await renderPage({ backend, routes, at: '/tracked/s1' });
    await waitFor(() => expect(step.address()).toBe('/runs/7/steps/each%2F2/metrics'));
    step.unmount();
    vi.unstubAllGlobals();
    await renderPage({ backend, routes, at: '/tracked/s2' });
    expect((await screen.findByRole('link', { name: 'each/2 of run 7' })).getAttribute('href')).toBe('/runs/7/steps/each%2F2/metrics');
  });

  it('that nobody has made is said to be missing', async () => {
    const { backend } = await trackingBackend(() => ({ runs: [] }));
    await renderPage({ backend, routes, at: '/tracked/nope' });
    await screen.findByText('There is no such run');
    expect(screen.getByRole('link', { name: 'All runs' }).getAttribute('href')).toBe('/runs?view=scripts');
  });
});
