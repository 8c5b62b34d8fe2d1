import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Environment } from '@pipewright/shared/component/environment.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { normalizeEnvironment } from './normalize-environment.ts';

const normalize = async (environment: unknown, folder: string | null = null) => await normalizeEnvironment(Environment.parse(environment), folder);

describe('normalizeEnvironment', () => {
  it('reads our form, as a list or as text', async () => {
    const definition = { python: '>=3.9', requirements: ['pandas>=2', 'six'], variables: { A: '1' } };
    expect(await normalize({ python: '>=3.9', requirements: ['six', 'pandas>=2', 'six'], variables: { A: '1' } })).toEqual({ definition, notes: [] });
    expect(await normalize({ python: '>=3.9', requirements: '# what it needs\nsix  # for old code\n\npandas>=2\n', variables: { A: '1' } })).toEqual({
      definition,
      notes: [],
    });
  });

  it('turns the pins of conda into those of pip', async () => {
    const dependencies = [
      'python=3.10',
      'pip',
      'pip=21.2.4',
      'numpy=1.26',
      'scipy==1.11.4',
      'pandas=1.5.3=py310h769672d_0',
      'conda-forge::xgboost>=1.7,<2',
      'Scikit-Learn = 1.5',
      'pytorch=2.1',
      'pyyaml',
      { pip: ['mlflow==2.18.0', '# a comment', 'azureml-mlflow ; python_version < "3.12"'] },
    ];
    expect(await normalize({ conda_file: { name: 'train', channels: ['defaults'], dependencies } })).toEqual({
      definition: {
        python: '==3.10.*',
        requirements: [
          'azureml-mlflow ; python_version < "3.12"',
          'mlflow==2.18.0',
          'numpy==1.26.*',
          'pandas==1.5.3',
          'pyyaml',
          'scikit-learn==1.5.*',
          'scipy==1.11.4',
          'torch==2.1.*',
          'xgboost>=1.7,<2',
        ],
        variables: {},
      },
      notes: [],
    });
  });

  it('reads a conda file beside the one that names it, with requirement files beside that', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'conda.yml'), 'dependencies:\n  - python=3.9\n  - pip:\n    - -r requirements.txt\n    - six\n');
    await writeFile(join(folder, 'requirements.txt'), 'attrs==23.1 # pinned\n-r more.txt\n');
    await writeFile(join(folder, 'more.txt'), 'tomli\n');
    expect(await normalize({ conda_file: 'conda.yml' }, folder)).toEqual({
      definition: { python: '==3.9.*', requirements: ['attrs==23.1', 'six', 'tomli'], variables: {} },
      notes: [],
    });
  });

  it('says what it leaves out', async () => {
    const outcome = await normalize({ image: 'mcr.microsoft.com/azureml/base:1', conda_file: { dependencies: ['python=3.10', 'cudatoolkit=11.8', 'six'] } });
    expect(outcome).toMatchObject({
      definition: { requirements: ['six'] },
      notes: [expect.stringContaining('mcr.microsoft.com/azureml/base:1'), expect.stringContaining('cudatoolkit')],
    });
  });

  it.each([
    [{ conda_file: 'missing.yml' }, /conda file missing.yml does not exist/, 'missing-file'],
    [{ conda_file: { dependencies: 'numpy' } }, /"dependencies" must be a list/, 'unknown-environment'],
    [{ conda_file: { dependencies: [{ pip: ['-r nowhere.txt'] }] } }, /nowhere.txt does not exist/, 'missing-file'],
  ])('refuses %j in words', async (environment, message, code) => {
    expect(await normalize(environment, await tempFolder())).toMatchObject({
      problem: { severity: 'error', code, message: expect.stringMatching(message) },
    });
  });

  it('refuses a relative conda file where there is no folder', async () => {
    expect(await normalize({ conda_file: 'conda.yml' })).toMatchObject({ problem: { message: expect.stringContaining('no folder') } });
  });
});
