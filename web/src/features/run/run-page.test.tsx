import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aRun, anEvent, completedStep, failedStep, runningStep, waitingStep } from '../../testing/run-builders.ts';
import { renderPage } from '../../testing/render-page.tsx';
import { startTestBackend } from '../../testing/test-backend.ts';
import { RunPage } from './run-page.tsx';

const routes = { '/runs/:id': <RunPage />, '/runs/:id/steps/:key/:tab?': <RunPage /> };

function backendWith(run: unknown) {
  return startTestBackend(({ method, path }) => {
    if (path === '/api/runs/7') return run;
    if (path === '/api/runs/7/cancel' && method === 'POST') return undefined;
    if (path === '/api/runs/7/clone' && method === 'POST')
      return { status: 409, body: { type: 'about:blank', status: 409, code: 'gone', title: 'The run is gone.' } };
    if (path === '/api/runs/7/steps/train/logs')
      return {
        attempt: 1,
        offset: 0,
        nextOffset: 40,
        size: 40,
        isEnded: true,
        stepFrom: 0,
        stepTo: null,
        text: "Traceback\nKeyError: 'horse_power'\nthe end\n",
      };
    if (path === '/api/runs/7/steps/train/metrics') return { metrics: [], params: {} };
    if (path === '/api/runs/7/resume' && method === 'POST') return { ...aRun([waitingStep('train')]), id: '8' };
    if (path === '/api/runs/8') return { ...aRun([waitingStep('train')]), id: '8' };
    return path === '/api/workspace' ? { version: '0.1.0', home: '/home', slots: 2, displayName: 'ada' } : undefined;
  });
}

afterEach(() => vi.unstubAllGlobals());

describe('RunPage', () => {
  it('shows what went wrong first without a click', async () => {
    const backend = await backendWith(aRun([completedStep('load'), failedStep('train', "KeyError: 'horse_power'")], { status: 'failed' }));
    await renderPage({ backend, routes, at: '/runs/7' });
    const cause = await screen.findByRole('link', { name: "train: KeyError: 'horse_power'" });
    expect(cause.getAttribute('href')).toBe('/runs/7/steps/train');
    const bar = screen.getByRole('banner');
    expect(bar.contains(cause)).toBe(true);
    expect(within(bar).getByText('Failed')).toBeTruthy();
    expect(within(bar).queryByRole('button', { name: 'Stop' })).toBeNull();
  });

  it('follows the run as it happens', async () => {
    const backend = await backendWith(aRun([runningStep('load'), waitingStep('train')]));
    const joined = new Promise<void>((resolve) => {
      backend.sockets.on('connection', (client) => {
        client.on('watch', async ({ room }, acknowledge) => {
          await client.join(room);
          acknowledge({ ok: true, events: [] });
          if (room === 'run:7') resolve();
        });
      });
    });
    await renderPage({ backend, routes, at: '/runs/7' });
    await screen.findByRole('link', { name: /^load ?, running/ });
    await joined;
    const events = [anEvent(2, [completedStep('load'), runningStep('train')])];
    backend.sockets.to('run:7').emit('run:changed', { runId: '7', seq: 2, events });
    await screen.findByRole('link', { name: /^load ?, completed/ });
    expect(screen.getByRole('link', { name: /^train ?, running/ })).toBeTruthy();
  });

  it('opens a step with its failure, its log and the first error marked in it', async () => {
    const backend = await backendWith(aRun([completedStep('load'), failedStep('train', "KeyError: 'horse_power'")], { status: 'failed' }));
    const page = await renderPage({ backend, routes, at: '/runs/7' });
    await userEvent.click(await screen.findByRole('link', { name: /^train ?, failed/ }));
    expect(page.address()).toBe('/runs/7/steps/train/logs');
    const log = await screen.findByRole('log', { name: 'Log of train' });
    await waitFor(() => expect(log.querySelector('[data-error]')?.textContent).toContain("KeyError: 'horse_power'"));
    expect(screen.getByRole('group', { name: 'Failure' }).textContent).toContain('exit code 1');
    await userEvent.click(screen.getByRole('tab', { name: 'Parameters' }));
    expect(page.address()).toBe('/runs/7/steps/train/parameters');
    expect(screen.getByText('the default')).toBeTruthy();
    await userEvent.click(screen.getByRole('tab', { name: 'Why' }));
    expect(screen.getByText('never ran before')).toBeTruthy();
  });

  it('says once what a step failed of, and opens it with what it is about', async () => {
    const why = 'None of the 3 trials has logged score.';
    const backend = await backendWith(aRun([completedStep('load'), failedStep('train', why, why)], { status: 'failed' }));
    const page = await renderPage({ backend, routes, at: '/runs/7' });
    await userEvent.click(await screen.findByRole('link', { name: `train: ${why}` }));
    expect(page.address()).toBe('/runs/7/steps/train');
    const told = [...screen.getByRole('group', { name: 'Failure' }).querySelectorAll('p')].map(({ textContent }) => textContent);
    expect(told).toEqual([`${why} (exit code 1)`]);
    expect(screen.getByRole('tab', { selected: true }).textContent).toBe('Logs');
  });

  it('opens a loop with its items, an item with its log, and keeps a tab that was chosen', async () => {
    const control = {
      retry: null,
      timeoutMs: null,
      after: [],
      when: null,
      reuse: 'auto',
      resources: null,
      forEach: { items: { kind: 'list', items: [1, 2] }, input: 'rate', maxParallel: null },
      standIn: null,
    } as const;
    const run = aRun(['load', 'each', 'each/1', 'each/2'].map(completedStep), { status: 'completed' });
    const { each } = run.snapshot.steps;
    const { 'each/1': _first, 'each/2': _second, ...steps } = run.snapshot.steps;
    const looping = { ...run, snapshot: { ...run.snapshot, steps: { ...steps, each: { ...each, control } } } };
    const page = await renderPage({ backend: await backendWith(looping), routes, at: '/runs/7' });
    const outline = within(await screen.findByRole('complementary', { name: 'Outline' }));
    await userEvent.click(outline.getByRole('link', { name: /^each ?, completed/ }));
    expect(page.address()).toBe('/runs/7/steps/each/items');
    expect(within(await screen.findByRole('list', { name: 'Items' })).getAllByRole('link')).toHaveLength(2);
    await userEvent.type(outline.getByRole('textbox', { name: 'Filter steps' }), 'item 2');
    expect(outline.queryByRole('link', { name: /^Item 1/ })).toBeNull();
    await userEvent.click(outline.getByRole('link', { name: /^Item 2/ }));
    expect(page.address()).toBe('/runs/7/steps/each%2F2/logs');
    expect(screen.queryByRole('tab', { name: /^Items/ })).toBeNull();
    await userEvent.click(screen.getByRole('tab', { name: 'Why' }));
    await userEvent.click(outline.getByRole('link', { name: /^each ?, completed/ }));
    expect(page.address()).toBe('/runs/7/steps/each/why');
  });

  it('narrows the outline by text and by what failed', async () => {
    const backend = await backendWith(aRun([completedStep('load'), failedStep('train', 'boom')], { status: 'failed' }));
    await renderPage({ backend, routes, at: '/runs/7' });
    const outline = within(await screen.findByRole('complementary', { name: 'Outline' }));
    await userEvent.click(outline.getByRole('button', { name: 'Failed 1' }));
    expect(outline.queryByRole('link', { name: /^load ?, completed/ })).toBeNull();
    expect(outline.getByRole('link', { name: /^train ?, failed/ })).toBeTruthy();
    await userEvent.type(outline.getByRole('textbox', { name: 'Filter steps' }), 'zzz');
    expect(outline.getByText('No step answers to that.')).toBeTruthy();
  });

  it('goes on with a run that failed, in a new one', async () => {
    const backend = await backendWith(aRun([completedStep('load'), failedStep('train', 'KeyError')], { status: 'failed' }));
    await renderPage({ backend, routes, at: '/runs/7' });
    await userEvent.click(await screen.findByRole('button', { name: 'Resume' }));
    await screen.findByRole('heading', { name: /^Run 8/ });
  });

  it('says in a toast why something could not be done', async () => {
    const backend = await backendWith(aRun([completedStep('load')], { status: 'completed' }));
    await renderPage({ backend, routes, at: '/runs/7' });
    await userEvent.click(await screen.findByRole('button', { name: 'Clone' }));
    await screen.findByText('Not cloned: The run is gone.');
  });

  it('has a way out when there is no such run', async () => {
    const backend = await startTestBackend();
    await renderPage({ backend, routes, at: '/runs/99' });
    await screen.findByText('There is no run 99');
    expect(screen.getByRole('link', { name: 'All runs' })).toBeTruthy();
  });
});
