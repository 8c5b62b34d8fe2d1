// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { readPipelineFile } from './read-pipeline-file.ts';

const file = (text: string): File => new File([text], 'cars.yml');

describe('readPipelineFile', () => {
  it('reads a pipeline, and places problems that are found later', async () => {
    const read = await readPipelineFile(file('type: pipeline\njobs:\n  train:\n    command: echo hi\n'));
    expect(Object.keys(read.content?.document.jobs ?? {})).toEqual(['train']);
    const [located] = read.locate([{ severity: 'error', code: 'missing-input', message: 'x', path: ['jobs', 'train', 'command'] }]);
    expect(located).toMatchObject({ line: 4, file: 'cars.yml' });
  });

  it('says where the YAML breaks', async () => {
    const read = await readPipelineFile(file('type: pipeline\njobs:\n  train: [\n'));
    expect(read.content).toBeNull();
    expect(read.problems[0]).toMatchObject({ code: 'yaml-syntax', severity: 'error' });
    expect(read.problems[0]?.line).toBeGreaterThan(1);
  });

  it('refuses what is no pipeline', async () => {
    expect((await readPipelineFile(file('- a\n- b\n'))).problems[0]?.code).toBe('not-a-pipeline');
  });
});
