import { describe, expect, it } from 'vitest';
import { createPlace } from '../testing/place.ts';
import { readJson, runCli } from '../testing/run-cli.ts';

describe('pipewright assets', () => {
  it('shows, archives, brings back and describes one name, and says what is wrong with another', async () => {
    const at = await createPlace();
    await runCli(['register', 'data', '--name', 'letters', '--path', 'in.txt', '--tag', 'team=blue', '--tag', 'raw'], at);
    expect(await runCli(['assets', 'update', 'data', 'letters', '--description', 'Some', '--untag', 'raw'], at)).toMatchObject({
      status: 0,
      stdout: 'changed azureml:letters:1\n',
    });
    expect(readJson(await runCli(['assets', 'show', 'data', 'letters', '--json'], at))).toMatchObject({
      version: '1',
      description: 'Some',
      tags: { team: 'blue' },
      usedBy: { items: [] },
    });
    expect(await runCli(['assets', 'archive', 'data', 'letters:1'], at)).toMatchObject({ status: 0, stdout: 'archived azureml:letters:1\n' });
    expect(readJson(await runCli(['ls', 'data', '--search', 'letters', '--json'], at)).items).toEqual([]);
    expect(readJson(await runCli(['ls', 'data', '--search', 'letters', '--all', '--json'], at)).items).toHaveLength(1);
    expect(await runCli(['assets', 'show', 'data', 'letters'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('1 (archived)') });
    expect(await runCli(['assets', 'restore', 'data', 'letters'], at)).toMatchObject({ status: 0, stdout: 'restored azureml:letters:1\n' });
    expect(await runCli(['assets', 'show', 'data', 'leters'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean "letters"?') });
    expect(await runCli(['assets', 'archive', 'things', 'x'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('no kind of asset') });
    expect(await runCli(['assets', 'update', 'data', 'letters'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('say what to change') });
  }, 120_000);
});
