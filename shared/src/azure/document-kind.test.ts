import { describe, expect, it } from 'vitest';
import { documentKind } from './document-kind.ts';
import { openAsPipeline } from './open-as-pipeline.ts';

const schema = (name: string) => ({ $schema: `https://example.org/latest/${name}.json` });

describe('documentKind', () => {
  it.each([
    [{ jobs: {} }, 'pipeline'],
    [{ type: 'pipeline' }, 'pipeline'],
    [{ type: 'pipeline', component: './p.yml', endpoint_name: 'e' }, 'pipeline-deployment'],
    [{ create_job: './p.yml', trigger: {} }, 'schedule'],
    [{ ...schema('Schedule'), import_data: {} }, 'schedule'],
    [{ command: 'x' }, 'command'],
    [{ ...schema('something.schema'), command: 'x' }, 'command'],
    [{ ...schema('pipelineJob.schema'), type: 'command', command: 'x' }, 'command'],
    [{ trial: {}, search_space: {} }, 'sweep'],
    [{ input_data: '${{inputs.a}}', task: {} }, 'parallel'],
    [{ ...schema('autoMLImageClassificationJob.schema') }, 'automl'],
    [{ ...schema('data.schema'), path: './x' }, 'data'],
    [{ type: 'uri_file', path: './x' }, 'data'],
    [{ type: 'mlflow_model', path: './x' }, 'model'],
    [{ image: 'x' }, 'environment'],
    [{ build: { path: '.' } }, 'environment'],
    [{ name: 'x', python: '>=3.10' }, 'environment'],
    [{ name: 'x', requirements: ['numpy'] }, 'environment'],
    [{ name: 'x', requirements: './requirements.txt' }, 'environment'],
    [{ version: 2, python: { install: [] } }, null],
    [{ ...schema('managedOnlineDeployment.schema'), model: 'm' }, 'foreign'],
    [{ ...schema('DataImport') }, null],
    [{ name: 'x', dependencies: [] }, null],
  ])('of %j is %s', (document, kind) => {
    expect(documentKind(document)).toBe(kind);
  });
});

describe('openAsPipeline', () => {
  it.each([
    [{ create_monitor: {} }, 'monitors a model, which runs in Azure only'],
    [{ import_data: {} }, 'imports data, which runs in Azure only'],
    [{}, 'has no job'],
  ])('says of a schedule with %j why there is nothing to open', (more, words) => {
    expect(openAsPipeline({ ...schema('schedule.schema'), trigger: {}, ...more }, 'x')).toMatchObject({ problem: { message: expect.stringContaining(words) } });
  });
});
