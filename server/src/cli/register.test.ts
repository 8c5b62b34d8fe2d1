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

  it('says what is wrong in a file with its place, once', async () => {
    const at = await createPlace({
      'name.yml': 'type: command\nname: a b\ncommand: x\n',
      'version.yml': 'name: c\nversion: a/b\ncommand: x\n',
      'code.yml': 'name: c\ncommand: x\ncode: ./none\n',
      'environment.yml': 'name: c\ncommand: x\nenvironment: ./none.yml\n',
      'itself.yml': 'type: pipeline\nname: c\njobs:\n  a:\n    component: ./itself.yml\n',
      'inside.yml': 'type: pipeline\nname: c\njobs:\n  a:\n    component: ./code.yml\n',
      'data.yml': 'name: d\ntype: uri_file\npath: ./none\n',
      'named.yml': 'type: uri_file\nname: d/e\npath: ./in.txt\n',
    });
    for (const [file, place, words] of [
      ['name.yml', 'name.yml:2:1', 'cannot be the name of a component'],
      ['version.yml', 'version.yml:2:1', 'cannot be a version'],
      ['code.yml', 'code.yml:3:1', './none is not there'],
      ['environment.yml', 'environment.yml:3:1', './none.yml is not there'],
      ['itself.yml', 'itself.yml:5:5', 'is a step of itself'],
      ['inside.yml', 'code.yml:3:1', './none is not there'],
      ['data.yml', 'data.yml:3:1', './none does not exist'],
      ['named.yml', 'named.yml:2:1', 'cannot be the name of an asset'],
    ] as const) {
      const { status, stderr } = await runCli(['register', file], at);
      expect([status, stderr.split('\n').length]).toEqual([2, 2]);
      expect(stderr).toMatch(new RegExp(`^${RegExp.escape(`${place}: error `)}.*${RegExp.escape(words)}`));
    }
  });
});
