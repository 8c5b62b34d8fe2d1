import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { call, runToEnd } from '../testing/api.ts';
import { isGroupAlive } from '../testing/is-group-alive.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer } from '../testing/test-server.ts';

// Steps that do what nobody expects of them: each has an outcome that was thought of, and words for it.

const file = { out: { type: 'uri_file' } };
const folder = { out: { type: 'uri_folder' } };

async function runStep(job: Record<string, unknown>, inputs: Record<string, unknown> = {}) {
  const server = await testServer();
  const { steps, run } = await runToEnd(server, { document: { type: 'pipeline', jobs: { hard: { type: 'command', inputs, ...job } } } });
  return { server, run, step: steps['hard'] };
}

const messageOf = (step: StepRun | undefined): string => (step && 'failure' in step ? (step.failure?.message ?? '') : '');

describe('a step that', () => {
  it('closes its output streams goes on and completes', async () => {
    const { step } = await runStep({ command: 'exec >&- 2>&-; true; exec > ${{outputs.out}}; echo done', outputs: file });
    expect(step).toMatchObject({ status: 'completed', outputs: { out: { sizeBytes: 5 } } });
  });

  it('forks and exits is done, and what it left behind is ended before its outputs are taken', async () => {
    const leader = join(await tempFolder(), 'group');
    const { step } = await runStep({
      command: `echo $PPID > ${leader}; (sleep 600; echo late > \${{outputs.out}}) & echo early > \${{outputs.out}}`,
      outputs: file,
    });
    expect(step).toMatchObject({ status: 'completed', outputs: { out: { sizeBytes: 6 } } });
    expect(await isGroupAlive(Number(await readFile(leader, 'utf8')))).toBe(false);
  });

  it('starts a daemon is done, and the daemon is ended before its outputs are taken, which is said', async () => {
    const seen = join(await tempFolder(), 'daemon');
    const daemon = `setsid bash -c 'echo $$ > ${seen}; exec sleep 600' & until [ -s ${seen} ]; do sleep 0.01; done`;
    const { step } = await runStep({ command: `${daemon}; echo 1 > \${{outputs.out}}`, outputs: file });
    expect(step).toMatchObject({ status: 'completed', notes: [expect.stringContaining('as a daemon')], usage: { cpuMs: expect.any(Number) } });
    const pid = Number(await readFile(seen, 'utf8'));
    await expect.poll(async () => await isGroupAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  it('writes a hundred megabytes to its log completes, and the end of the log can be read', async () => {
    const { server, step, run } = await runStep({
      command: 'head -c 100000000 /dev/zero | tr "\\\\0" x >&2; echo; echo the end; echo 1 > ${{outputs.out}}',
      outputs: file,
    });
    expect(step?.status).toBe('completed');
    const { body } = await call(server, `/api/runs/${run.id}/steps/hard/logs?offset=99999990&limit=4000`);
    expect(body).toMatchObject({ text: expect.stringContaining('the end') });
  });

  it('has an output called artifacts hands on what it leaves in outputs/ and logs/, as Azure’s jobs do', async () => {
    const server = await testServer();
    const { steps, run } = await runToEnd(server, {
      document: {
        type: 'pipeline',
        jobs: {
          make: { command: 'echo world > ./outputs/world.txt; mkdir logs/deep; echo a line > logs/deep/log.txt', outputs: { artifacts: null } },
          own: { command: 'echo kept > ./outputs/not.txt; echo mine > ${{outputs.artifacts}}/mine.txt', outputs: { artifacts: null } },
          read: {
            command: 'cat ${{inputs.made}}/outputs/world.txt ${{inputs.made}}/logs/deep/log.txt && ls ${{inputs.own}}',
            inputs: { made: '${{parent.jobs.make.outputs.artifacts}}', own: '${{parent.jobs.own.outputs.artifacts}}' },
          },
        },
      },
    });
    expect(steps['read']).toMatchObject({ status: 'completed' });
    const { body } = await call(server, `/api/runs/${run.id}/steps/read/logs`);
    expect(body).toMatchObject({ text: expect.stringMatching(/world\na line\nmine\.txt\n/) });
  });

  it('installs packages has them for itself, beside those of its environment, and no other step does', async () => {
    const wheel = [
      'import zipfile',
      'with zipfile.ZipFile("pw_thing-1.0-py3-none-any.whl", "w") as z:',
      '    z.writestr("pw_thing.py", "word = \\"installed\\"")',
      '    z.writestr("pw_thing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: pw-thing\\nVersion: 1.0\\n")',
      '    z.writestr("pw_thing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")',
      '    z.writestr("pw_thing-1.0.dist-info/RECORD", "")',
    ].join('\n');
    const install = `python - <<'END'\n${wheel}\nEND\npip install -q --no-index --disable-pip-version-check ./pw_thing-1.0-py3-none-any.whl`;
    const ask = 'python -c "import pip, pw_thing; print(pw_thing.word)"';
    const server = await testServer();
    const { steps, run } = await runToEnd(server, {
      document: {
        type: 'pipeline',
        jobs: {
          one: { command: `${install} && ${ask} > \${{outputs.said}}`, outputs: { said: { type: 'uri_file' } } },
          two: { command: ask, inputs: { after: '${{parent.jobs.one.outputs.said}}' } },
        },
      },
    });
    expect(steps).toMatchObject({ one: { status: 'completed' }, two: { status: 'failed', failure: { firstError: expect.stringContaining('pw_thing') } } });
    const { body } = await call(server, `/api/runs/${run.id}/steps/one/logs`);
    expect(body).toMatchObject({ text: expect.stringContaining('for this attempt alone') });
    expect(await stat(join(server.home, 'runs', run.id, 'one', '1', 'packages')).catch(() => null)).toBeNull();
  });

  it('writes bytes that are no text keeps them in its log as they are', async () => {
    const { server, run, step } = await runStep({ command: String.raw`printf 'a\xff\x00b\n'; echo 1 > ` + '${{outputs.out}}', outputs: file });
    expect(step?.status).toBe('completed');
    const { body } = await call(server, `/api/runs/${run.id}/steps/hard/logs`);
    expect(body).toMatchObject({ text: expect.stringContaining('a\uFFFD\u0000b') });
  });

  it('leaves a socket among its outputs fails, and the file is named', async () => {
    const make = `python3 -c "import socket; socket.socket(socket.AF_UNIX).bind('s')"`;
    const { step } = await runStep({ command: `cd \${{outputs.out}} && ${make}`, outputs: folder });
    expect(step?.status).toBe('failed');
    expect(messageOf(step)).toMatch(/Output out cannot be kept: .*\/s is neither a file nor a folder/);
  });

  it('leaves a link that leads out among its outputs fails, and the link is named', async () => {
    const { step } = await runStep({ command: 'ln -s /etc/hostname ${{outputs.out}}/name', outputs: folder });
    expect(messageOf(step)).toMatch(/Output out cannot be kept: .*\/name is a link that leads out of its folder/);
  });

  it('has less time than its start takes is stopped, and its limit is named', async () => {
    const { step } = await runStep({ command: 'sleep 600; echo 1 > ${{outputs.out}}', outputs: file, limits: { timeout: 0.001 } });
    expect(step?.status).toBe('timed-out');
    expect(messageOf(step)).toContain('longer than its limit of 0.001 s');
  });

  it('ends in a way that its retries are not for is not tried again', async () => {
    const { step } = await runStep({ command: 'exit 3', outputs: folder, retries: { count: 3, backoff: 0.01, exit_codes: [7] } });
    expect(step).toMatchObject({ status: 'failed', attempts: 1 });
  });

  it('loses its data while it runs has a result that is not reused', async () => {
    const path = join(await tempFolder(), 'data.csv');
    await writeFile(path, 'a\n');
    const { step } = await runStep({ command: `cat \${{inputs.data}} > \${{outputs.out}}; rm ${path}`, outputs: file }, { data: { type: 'uri_file', path } });
    expect(step).toMatchObject({ status: 'completed', isReusable: false });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('cannot find its data is not begun, and the path is named', async () => {
    const server = await testServer();
    const path = join(await tempFolder(), 'gone.csv');
    await writeFile(path, 'a\n');
    await rm(path);
    const jobs = { hard: { type: 'command', command: 'cat ${{inputs.data}}', inputs: { data: { type: 'uri_file', path } } } };
    const { status, body } = await call(server, '/api/runs', { body: { document: { type: 'pipeline', jobs } } });
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain(path);
  });
});
