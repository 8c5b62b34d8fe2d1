import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { documentKind } from '@pipewright/shared/azure/document-kind.ts';
import { CommandComponent, ParallelComponent } from '@pipewright/shared/component/leaf-component.ts';
import { Environment } from '@pipewright/shared/component/environment.ts';
import { InputDefinition } from '@pipewright/shared/component/ports.ts';
import { fileSchemas } from '@pipewright/shared/file-schemas/file-schemas.ts';
import type { JsonSchema } from '@pipewright/shared/file-schemas/json-schema.ts';
import { schemaAt } from '@pipewright/shared/file-schemas/schema-at.ts';
import { Pipeline, PipelineSettings } from '@pipewright/shared/pipeline/pipeline.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { readPipeline } from '@pipewright/shared/yaml/read-pipeline.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { catalog } from '../../cli/catalog.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: false });
const validators = new Map(Object.entries(fileSchemas).map(([name, schema]) => [name, ajv.compile(schema)]));

/** What a schema says against a text; empty: nothing. */
function against(name: string, text: string): string[] {
  const { value, errors } = readYaml(text);
  if (errors.length > 0) throw new Error(errors[0]?.message);
  const validate = validators.get(name);
  if (!validate) throw new Error(`expected a schema ${name}`);
  return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function schemaOf(text: string): string {
  const { value } = readYaml(text);
  const kind = documentKind(value as Record<string, unknown>);
  if (kind === 'data' || kind === 'model' || kind === 'environment' || kind === 'schedule' || kind === 'pipeline') return `${kind}.json`;
  return value !== null && typeof value === 'object' && 'python' in value ? 'environment.json' : 'component.json';
}

const files = (await readdir(catalog, { recursive: true })).filter((name) => /\.ya?ml$/.test(name)).toSorted();

describe('the JSON Schemas of files', () => {
  it.each(files.filter((name) => !name.startsWith('data')).map((name) => relative('.', name)))('take %s of the catalog', async (name) => {
    const text = await readFile(join(catalog, name), 'utf8');
    const schema = name.startsWith('environments') ? 'environment.json' : schemaOf(text);
    expect(against(schema, text)).toEqual([]);
  });

  const job = (step: string): string => `type: pipeline\njobs:\n  a: ${step}\n`;

  it.each([
    job('{ command: echo hi, environment: azureml:x@latest, compute: azureml:cpu, inputs: { n: 1, d: { type: uri_file, path: ./x.csv, mode: download } } }'),
    job('{ type: command, component: { command: x, environment: { image: y, conda_file: { dependencies: [pip] } } } }'),
    job('{ component: ./train.yml, outputs: { model: "${{parent.outputs.model}}", other: , third: { type: mltable, name: t, version: 3 } } }'),
    job(
      '{ type: sweep, trial: ./t.yml, search_space: { a: { type: Choice, values: [1] }, b: { type: uniform, min_value: 0, max_value: 1 } }, sampling_algorithm: { type: random, seed: 7, rule: sobol }, objective: { goal: Maximize, primary_metric: r2 }, limits: { max_total_trials: 4 }, early_termination: { type: bandit, slack_factor: 0.1 } }',
    ),
    job(
      '{ type: parallel, input_data: "${{inputs.d}}", mini_batch_size: 10, task: { type: run_function, entry_script: s.py, code: ./src }, retry_settings: { max_retries: 1 } }',
    ),
    job('{ type: spark, entry: { file: x.py }, conf: { a: 1 } }'),
    job('{ type: automl, task: regression, primary_metric: r2, training_data: "${{parent.inputs.t}}" }'),
    job(
      '{ command: x, retries: { count: 2, on: [failed] }, depends_on: [b], when: "failed()", for_each: { items: [1, 2] }, reuse: never, resources: { cpu: 2, memory: 4GiB, instance_count: 2 }, limits: { timeout: "3600" }, is_deterministic: "false" }',
    ),
    'type: pipeline\ninputs:\n  a: 1\n  b: true\n  c:\n  d: { type: integer, default: 3, min: 0 }\noutputs:\n  m: { type: mlflow_model, mode: upload }\n  n:\nsettings: { default_compute: azureml:x, continue_on_step_failure: "no", force_rerun: true, on_finalize: a }\nx-pipewright: { layout: { steps: { a: { x: 1, y: 2 } } } }\nodd: [1]\njobs:\n  a:\n    command: x\n',
    'jobs:\n',
  ])('take as it is read: %s', (text) => {
    expect(readPipeline(text).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(against('pipeline.json', text)).toEqual([]);
  });

  it.each([
    ['pipeline.json', 'type: pipeline\n', 'jobs'],
    ['pipeline.json', 'type: pipeline\njobs: [a]\n', '/jobs'],
    ['pipeline.json', job('{ command: [x] }'), '/jobs/a/command'],
    ['pipeline.json', job('{ display_name: nothing to do }'), '/jobs/a'],
    ['pipeline.json', job('{ command: x, retries: { backoff: 1 } }'), '/jobs/a/retries'],
    ['pipeline.json', job('{ command: x, retries: { count: 1, bakoff: 1 } }'), '/jobs/a/retries'],
    ['pipeline.json', job('{ command: x, reuse: sometimes }'), '/jobs/a/reuse'],
    ['pipeline.json', job('{ command: x, environment_variables: [A] }'), '/jobs/a/environment_variables'],
    ['pipeline.json', job('{ command: x, is_deterministic: perhaps }'), '/jobs/a/is_deterministic'],
    ['pipeline.json', job('{ command: x, limits: { timeout: soon } }'), '/jobs/a/limits/timeout'],
    ['pipeline.json', job('{ type: sweep, trial: t.yml, objective: { primary_metric: r2, goal: maximize } }'), '/jobs/a'],
    [
      'pipeline.json',
      job('{ type: sweep, trial: t.yml, search_space: { a: { type: uniform, min_value: 1 } }, objective: { primary_metric: m, goal: minimize } }'),
      '/jobs/a/search_space/a',
    ],
    [
      'pipeline.json',
      job('{ type: sweep, trial: t.yml, search_space: { a: { type: norml } }, objective: { primary_metric: m, goal: minimize } }'),
      '/jobs/a/search_space/a',
    ],
    ['component.json', 'type: command\nname: x\n', 'command'],
    ['component.json', 'type: parallel\nname: x\n', 'task'],
    ['component.json', 'type: pipeline\nname: x\n', 'jobs'],
    ['environment.json', 'requirements: { a: 1 }\n', '/requirements'],
    ['data.json', 'type: uri_file\nname: x\n', 'path'],
    ['model.json', 'path: ./m\n', 'name'],
    ['schedule.json', 'name: nightly\ntrigger: { type: cron }\n', 'create_job'],
  ])('%s does not take %s', (schema, text, place) => {
    expect(against(schema, text).join('\n')).toContain(place);
  });

  it('know every key that is read', () => {
    const keysAt = (name: string, path: string[]): string[] => {
      const root: JsonSchema = fileSchemas[name] ?? {};
      return (schemaAt(root, path, undefined)?.forms ?? []).flatMap(({ properties }) => Object.keys(properties ?? {}));
    };
    expect(keysAt('pipeline.json', [])).toEqual(expect.arrayContaining(Object.keys(Pipeline.shape)));
    expect(keysAt('pipeline.json', ['settings'])).toEqual(expect.arrayContaining(Object.keys(PipelineSettings.shape)));
    expect(keysAt('pipeline.json', ['jobs', 'a'])).toEqual(expect.arrayContaining(Object.keys(Step.shape)));
    expect(keysAt('component.json', [])).toEqual(expect.arrayContaining([...Object.keys(CommandComponent.shape), ...Object.keys(ParallelComponent.shape)]));
    expect(keysAt('environment.json', [])).toEqual(expect.arrayContaining(Object.keys(Environment.shape)));
    const inputs = InputDefinition.options.flatMap((option) => Object.keys(option.shape));
    expect(keysAt('component.json', ['inputs', 'x'])).toEqual(expect.arrayContaining(inputs));
  });

  it('say something of every key', () => {
    const silent: string[] = [];
    const visit = (schema: JsonSchema, path: string, seen: ReadonlySet<JsonSchema>): void => {
      if (seen.has(schema)) return;
      const next = new Set([...seen, schema]);
      for (const [key, inner] of Object.entries(schema.properties ?? {})) {
        if (
          (inner.description ?? '') === '' &&
          inner.$ref === undefined &&
          key !== 'x' &&
          key !== 'y' &&
          inner.const === undefined &&
          inner.pattern === undefined
        )
          silent.push(`${path}.${key}`);
        visit(inner, `${path}.${key}`, next);
      }
      for (const inner of [schema.items, schema.additionalProperties, ...(schema.anyOf ?? []), ...Object.values(schema.$defs ?? {})]) {
        if (typeof inner === 'object') visit(inner, path, next);
      }
    };
    for (const [name, schema] of Object.entries(fileSchemas)) visit(schema, name, new Set());
    expect(silent).toEqual([]);
  });
});
