import type { Browser } from '@playwright/test';
import { CommentThread } from '@pipewright/shared/http/comments.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { asideJobs, codeComponent, codeFiles, groupedLayout, jobsOf, longNames, wrongJobs } from './pipelines.ts';

/** What the screens show: the drafts and runs of somebody who has worked for a day. */
export interface Workspace {
  readonly url: string;
  readonly browser: Browser;
  readonly draftWithRun: string;
  readonly freshDraft: string;
  readonly emptyDraft: string;
  readonly failedDraft: string;
  /** Groups and notes, with comments of two people. */
  readonly groupedDraft: string;
  /** Steps that are disabled, bypassed and pinned. */
  readonly asideDraft: string;
  readonly wrongDraft: string;
  readonly codeDraft: string;
  readonly run: string;
  readonly failedRun: string;
  /** The one of the sample, and one with other values. */
  readonly comparedRuns: readonly [string, string];
}

/** Environments are built on the way: packages may have to be fetched first. */
const runsWithinMs = 300_000;

export async function fillWorkspace(url: string, browser: Browser): Promise<Workspace> {
  const post = async (path: string, body: unknown = {}, more: Record<string, string> = {}): Promise<unknown> => {
    const headers = { 'Content-Type': 'application/json', ...more };
    const response = await fetch(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return await response.json();
  };
  const clone = async (): Promise<Draft> => Draft.parse(await post('/gallery/fuel-economy/clone'));
  const edit = async (draft: string, ops: readonly object[]): Promise<unknown> =>
    await post(`/drafts/${draft}/ops`, { clientId: 'screens', mutationId: '1', ops }, { 'If-Match': '"1"' });
  const draftOf = async (title: string, jobs: object, layout?: object): Promise<string> =>
    Draft.parse(await post('/drafts', { document: { type: 'pipeline', display_name: title, jobs }, layout })).id;
  const runOf = async (draft: string): Promise<string> => {
    const { id } = RunSummary.pick({ id: true }).parse(await post(`/drafts/${draft}/runs`));
    const page = await browser.newPage();
    await page.goto(`${url}/drafts/${draft}`);
    await page.locator('[data-run-status="completed"], [data-run-status="failed"]').waitFor({ timeout: runsWithinMs });
    await page.close();
    return id;
  };

  const { id: draftWithRun } = await clone();
  const { id: freshDraft } = await clone();
  const { id: otherDraft } = await clone();
  await edit(otherDraft, [
    { op: 'pipeline.setInput', input: 'train_fraction', value: 0.5 },
    { op: 'step.setInput', step: 'linear_regression', input: 'alpha', value: 8 },
    { op: 'pipeline.setMeta', field: 'display_name', value: 'Fuel economy with less to learn from' },
  ]);
  await post('/components', { component: codeComponent, files: codeFiles });
  const failedDraft = await draftOf('A failure', jobsOf(['makes', 'fails', 'waits'], { fails: 'echo "ValueError: no column horse_power" >&2; exit 1' }));
  const groupedDraft = await draftOf('Prices of houses by the harbour, with groups and notes', longNames, groupedLayout);
  for (const [step, text] of [
    [null, 'Who owns this pipeline now that Ada is away?'],
    ['clean', 'Is the median right here? @train looks at outliers, see https://example.org/outliers'],
    ['train', 'Ten rounds are not enough: the loss still falls.'],
  ] as const) {
    const { id } = CommentThread.parse(await post(`/drafts/${groupedDraft}/comments`, { step, text }));
    if (step === 'clean')
      await post(`/drafts/${groupedDraft}/comments/${id}/messages`, {
        text: 'It is: the mean is drawn up by three villas. I have written that into the note.',
      });
  }
  const run = await runOf(draftWithRun);
  const failedRun = await runOf(failedDraft).catch(() => run);
  const plain = await draftOf('Steps aside', asideJobs(null));
  return {
    url,
    browser,
    draftWithRun,
    freshDraft,
    emptyDraft: await draftOf('Untitled', {}),
    failedDraft,
    groupedDraft,
    asideDraft: await draftOf('Steps that are left out', asideJobs(await runOf(plain))),
    wrongDraft: await draftOf('Much to put right', wrongJobs),
    codeDraft: await draftOf('Code of its own', { count: { component: 'azureml:count_words:1', inputs: { words: 'sea, salt' } } }),
    run,
    failedRun,
    comparedRuns: [run, await runOf(otherDraft)],
  };
}
