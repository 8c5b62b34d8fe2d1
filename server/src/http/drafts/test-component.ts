import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { LeafComponent } from '@pipewright/shared/component/leaf-component.ts';
import { hasErrors } from '@pipewright/shared/graph/problem.ts';
import { TestComponent } from '@pipewright/shared/http/component-test.ts';
import type { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { makeStepKey } from '@pipewright/shared/pipeline/make-step-key.ts';
import { isLocalPath, plainPath } from '@pipewright/shared/pipeline/named-paths.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { layOutChanged, layOutWithCode, type LaidOut } from '../../assets/register-code.ts';
import type { DraftRecord } from '../../store/store.ts';
import { refusal, registerParts } from '../assets/register-parts.ts';
import { besideDraft } from '../components/component-code.ts';
import { endpoint } from '../endpoint.ts';
import { notFound, withProblems } from '../errors.ts';
import type { Services } from '../services.ts';
import { DraftParams } from './draft-params.ts';

export const testComponent = endpoint({
  method: 'post',
  path: '/drafts/{id}/test',
  summary: 'Run a component by itself before it is a version; the draft stays as it is',
  params: DraftParams,
  body: TestComponent,
  result: RunSummary,
  status: 201,
  handle: async ({ services, params: { id }, body }) => {
    const draft = await services.store.drafts.get(id);
    if (!draft) throw notFound(`The draft ${id}`);
    // It lies with uploads, which go after a day: until then the run can be gone on with.
    const folder = join(services.uploadsFolder, randomUUID());
    await mkdir(folder, { recursive: true });
    try {
      return { body: await runIn(services, folder, { draft, body }) };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  },
});

interface Asked {
  readonly draft: DraftRecord;
  readonly body: TestComponent;
}

async function runIn(services: Services, folder: string, { draft, body }: Asked): Promise<RunSummary> {
  const laidOut = await layOut(services, folder, { draft, body });
  if (!laidOut.ok) throw refusal(laidOut);
  const { file, text } = laidOut;
  const { component, problems } = readComponent(text);
  if (!component || component.type === 'pipeline' || hasErrors(problems)) throw withProblems('The component is not right yet', problems);
  await writeFile(file, text);
  const name = component.name ?? basename(file);
  const outcome = await services.scheduler.submit({
    document: documentOf(component, { file: `./${basename(file)}`, inputs: placedInputs(body.inputs, draft.folder) }),
    layout: emptyLayout,
    folder,
    origin: { kind: 'test', draft: draft.id, component: name },
    by: await services.displayName(),
    options: { force: true },
  });
  if (!outcome.ok) throw withProblems('The component cannot be run', outcome.problems);
  return outcome.run;
}

async function layOut(services: Services, folder: string, { draft, body: { of, files } }: Asked): Promise<LaidOut> {
  const parts = await registerParts(services);
  if ('made' in of) return await layOutWithCode(parts, folder, { component: of.made, files });
  const placed = await besideDraft(services, { id: draft.id, component: of.component });
  const { declares } = of;
  return await layOutChanged(parts, folder, { placed, changes: { files, name: placed.component.name ?? 'component', ...(declares ? { declares } : {}) } });
}

interface Step {
  readonly file: string;
  readonly inputs: TestComponent['inputs'];
}

/** One step, whose every output is kept. */
function documentOf(component: LeafComponent, { file, inputs }: Step): Pipeline {
  const title = component.display_name ?? component.name ?? 'component';
  const step = { component: file, display_name: title, inputs };
  return Pipeline.parse({ type: 'pipeline', display_name: `Test of ${title}`, jobs: { [makeStepKey(component.name ?? title, {})]: step } });
}

/** Data that the draft names by its place is looked for where the draft would. */
function placedInputs(inputs: TestComponent['inputs'], folder: string | null): TestComponent['inputs'] {
  const placed = (input: StepInput): StepInput =>
    input !== null && typeof input === 'object' && folder !== null && isLocalPath(input.path)
      ? { ...input, path: resolve(folder, plainPath(input.path)) }
      : input;
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, placed(input)]));
}
