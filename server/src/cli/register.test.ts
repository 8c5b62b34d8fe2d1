import { describe, expect, it } from 'vitest';
import { createPlace } from '../testing/place.ts';
import { readJson, runCli } from '../testing/run-cli.ts';

describe('pipewright register', () => {
  it('takes files and bytes, says what they are called, and is no news a second time', async () => {
    const at = await createPlace({ 'say.yml': 'name: say\nversion: 2\ncommand: echo hi\n', 'd.yml': 'type: uri_file\nname: d\npath: ./in.txt\n' });
    expect(await runCli(['register', 'say.yml', 'd.yml'], at)).toMatchObject({ status: 0, stdout: 'component azureml:say:2\ndata azureml:d:1\n' });
    expect(await runCli(['register', 'say.yml'], at)).toMatchObject({ status: 0, stdout: expect.stringContaining('unchanged') });
    expect(readJson(await runCli(['register', 'data', '--name', 'more', '--path', 'in.txt', '--version', 'v1', '--json'], at))).toMatchObject({
      items: [{ kind: 'data', name: 'more', version: 'v1', outcome: 'registered' }],
    });
    const { items } = readJson(await runCli(['ls', 'data', '--json'], at));
    expect(items).toMatchObject([
      { name: 'more', version: 'v1', type: 'uri_file' },
      { name: 'd', version: '1' },
      ...Array.from({ length: items.length - 2 }, () => ({ source: 'built-in' })),
    ]);
    expect(await runCli(['ls', 'compute'], at)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^local +\d+ steps at once/) });
  });

  it('exits with 2 for other content under a taken version, and for wrong arguments', async () => {
    const at = await createPlace({ 'say.yml': 'name: say\nversion: 2\ncommand: echo hi\n', 'other.yml': 'name: say\nversion: 2\ncommand: echo ho\n' });
    await runCli(['register', 'say.yml'], at);
    expect(await runCli(['register', 'other.yml'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('a version is never changed') });
    expect(await runCli(['register'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('name the files to register') });
    expect(await runCli(['register', 'data', '--name', 'x'], at)).toMatchObject({ status: 2 });
    expect(await runCli(['register', 'data', '--name', 'x', '--path', 'gone.txt'], at)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('does not exist'),
    });
  });
});
