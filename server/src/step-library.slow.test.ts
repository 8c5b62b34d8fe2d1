import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runToEnd } from './testing/api.ts';
import { writeFiles } from './testing/place.ts';
import { tempFolder } from './testing/temp-folder.ts';
import { sharedTestServer } from './testing/test-server.ts';

// What steps find beside their own Python, in an environment with pandas and scikit-learn that is built once for all tests here.

const server = sharedTestServer();
const environment = { requirements: ['pandas', 'scikit-learn', 'pyarrow', 'pyyaml'] };

/** Runs a script over a folder of files and gives what it printed; throws with the step's last lines where it failed. */
async function outcomeOf(script: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const place = await tempFolder();
  await writeFiles(place, { 'code/check.py': script, ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`data/${name}`, text])) });
  const step = {
    command: 'python check.py ${{inputs.data}} > ${{outputs.said}}',
    code: join(place, 'code'),
    environment,
    inputs: { data: { type: 'mltable', path: join(place, 'data') } },
    outputs: { said: { type: 'uri_file' } },
  };
  const { run, steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { check: step } } });
  const row = steps['check'];
  if (row?.status !== 'completed')
    throw new Error(row && 'failure' in row ? [row.failure?.message, ...(row.failure?.lastLines ?? [])].join('\n') : 'it did not run');
  return (await (await fetch(`${server().url}/api/runs/${run.id}/steps/check/outputs/said`)).text()).trim().split('\n');
}

const csv = (rows: readonly string[]): string => `${['name,age,score,when', ...rows].join('\n')}\n`;

describe('mltable without any package of Azure’s', () => {
  it('reads delimited files as the MLTable file says, with types, columns left out and rows filtered', async () => {
    const said = await outcomeOf(
      `import sys, mltable
table = mltable.load(sys.argv[1])
frame = table.to_pandas_dataframe()
print(mltable.__file__.split('/')[-3], list(frame.columns), len(frame), frame['age'].dtype, frame['when'].dtype.kind)
print(frame['name'].tolist())
print(len(table.take(1).to_pandas_dataframe()), len(table.skip(1).to_pandas_dataframe()), table.keep_columns(['age']).to_pandas_dataframe().columns.tolist())
`,
      {
        'one.csv': csv(['Ada,36,1.5,2024-01-02', 'Bob,20,2,2024-01-03']),
        'two.csv': csv(['Cy,50,3,2024-02-01']),
        MLTable: `type: mltable
paths:
  - pattern: ./*.csv
transformations:
  - read_delimited:
      delimiter: ','
      header: all_files_same_headers
      encoding: utf8
  - drop_columns: [score]
  - convert_column_types:
      - columns: [age]
        column_type: int
      - columns: when
        column_type: { datetime: { formats: ['%Y-%m-%d'] } }
  - filter: 'col("age") > 30'
`,
      },
    );
    expect(said[0]).toBe("python ['name', 'age', 'when'] 2 int64 M");
    expect(said[1]).toBe("['Ada', 'Cy']");
    expect(said[2]).toBe("1 1 ['age']");
  });

  it('reads JSON lines and Parquet, takes columns from paths, and writes what it reads', async () => {
    const said = await outcomeOf(
      `import os, sys, mltable, pandas
from mltable import DataType, MLTableHeaders
data = sys.argv[1]
print(mltable.load(data).to_pandas_dataframe().sort_values('n').values.tolist())
pandas.DataFrame({'a': [1, 2], 'b': ['x', 'y']}).to_parquet('t.parquet')
print(mltable.from_parquet_files([{'file': 't.parquet'}]).to_pandas_dataframe()['a'].sum())
open('bare.txt', 'w').write('1|2\\n3|4\\n')
bare = mltable.from_delimited_files([{'file': 'bare.txt'}], header=MLTableHeaders.no_header, delimiter='|')
bare = bare.convert_column_types({'Column1': DataType.to_string()})
bare.save('saved')
again = mltable.load('saved').to_pandas_dataframe()
print(again.columns.tolist(), again['Column1'].tolist(), again['Column2'].tolist())
first, second = bare.random_split(0.5, seed=1)
print(len(first.to_pandas_dataframe()) + len(second.to_pandas_dataframe()))
try:
    mltable.load(data + '/nothing')
except FileNotFoundError as error:
    print('no file' if 'no MLTable' in str(error) else error)
`,
      {
        'year=2023/part.jsonl': '{"n": 1}\n{"n": 2}\n',
        'year=2024/part.jsonl': '{"n": 3}\n',
        MLTable: `paths:
  - pattern: ./*/*.jsonl
transformations:
  - read_json_lines:
      encoding: utf8
      invalid_lines: error
  - extract_columns_from_partition_format: 'year={year}/part.jsonl'
`,
      },
    );
    expect(said).toEqual(["[[1, '2023'], [2, '2023'], [3, '2024']]", '3', "['Column1', 'Column2'] ['1', '3'] [2, 4]", '2', 'no file']);
  });

  it('reads MLTable files where PyYAML is missing, as PyYAML does; without pandas it says what to add', async () => {
    const said = await outcomeOf(
      `import sys, yaml, mltable
from mltable.simple_yaml import read_yaml
text = open(sys.argv[1] + '/other.yml').read()
theirs = yaml.safe_load(text)
sys.modules['yaml'] = None
print(read_yaml(text, 'other.yml') == theirs)
table = mltable.load(sys.argv[1])
print(table.to_pandas_dataframe().values.tolist())
table.take(1).save('again')
print(len(mltable.load('again').to_pandas_dataframe()))
try:
    read_yaml('a: 1\\nb: |\\n  text\\n', 'MLTable')
except ValueError as error:
    print(error)
sys.modules['pandas'] = None
try:
    table.to_pandas_dataframe()
except ImportError as error:
    print(error)
`,
      {
        'a.csv': csv(['Ada,36,1.5,2024-01-02', 'Bob,20,2,2024-01-03']),
        MLTable:
          'type: mltable\npaths:\n- file: ./a.csv\ntransformations:\n- read_delimited: { delimiter: ",", header: "all_files_same_headers" }\n- keep_columns: [name, age]\n- filter: \'col("age") > 30\'\n',
        'other.yml': `$schema: https://azuremlschemas.azureedge.net/latest/MLTable.schema.json
paths:
  -
    pattern: ./*.csv # some
  - {file: "a b.csv"}
transformations:
  - read_delimited:
      delimiter: "\\t"
      empty_as_string: no
  - drop_columns:
    - 'it''s'
    - "a, b"
  - convert_column_types:
      - columns: [age,
                  score]
        column_type: { datetime: { formats: ['%Y-%m-%d %H:%M', "%d"] } }
      - columns: ok
        column_type: int
  - take: 10
  - take_random_sample: {probability: 0.5, seed: 1}
`,
      },
    );
    expect(said).toEqual([
      'True',
      "[['Ada', 36]]",
      '1',
      "MLTable, line 2 cannot be read without PyYAML: | is not understood. Add pyyaml to the packages of the step's environment",
      "mltable gives rows as a pandas DataFrame: add pandas to the packages of the step's environment",
    ]);
  });
});

describe('a parallel step over rows', () => {
  it.each([
    ['of about so many bytes', { mini_batch_size: '100b' }, /^rows=/],
    ['of one value of a key', { partition_keys: ['name'] }, /^(Ada|Bob|Cy) rows=/],
  ])('makes mini-batches %s', async (_what, settings, form) => {
    const place = await tempFolder();
    await writeFiles(place, {
      'code/score.py': `
import logging
from azureml_user.parallel_run import EntryScript
def init():
    EntryScript().logger.info('ready')
def run(rows, context):
    key = context.partition_key_value.get('name', '') if context.partition_key_value else ''
    return [f"{key} rows={len(rows)}".strip()] * len(rows)
`,
      'data/t.csv': csv(['Ada,1,1,x', 'Bob,2,2,x', 'Ada,3,3,x', 'Cy,4,4,x']),
      'data/MLTable': 'paths:\n  - file: ./t.csv\ntransformations:\n  - read_delimited: { delimiter: "," }\n',
    });
    const step = {
      type: 'parallel',
      inputs: { table: { type: 'mltable', path: join(place, 'data'), mode: 'direct' } },
      outputs: { rows: { type: 'uri_file' } },
      input_data: '${{inputs.table}}',
      ...settings,
      task: { type: 'run_function', code: join(place, 'code'), entry_script: 'score.py', environment, append_row_to: '${{outputs.rows}}' },
    };
    const { run, steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { score: step } } });
    expect(steps['score']).toMatchObject({ status: 'completed' });
    const rows = (await (await fetch(`${server().url}/api/runs/${run.id}/steps/score/outputs/rows`)).text()).trim().split('\n');
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatch(form);
    if ('partition_keys' in settings) expect(rows.filter((row) => row === 'Ada rows=2')).toHaveLength(2);
  });
});

describe('a sweep that learns from its trials', () => {
  it('finds a better place than chance does, one trial after the other', async () => {
    const code = await tempFolder();
    await writeFiles(code, {
      'train.py': `
import sys
from azureml.core import Run
x, kind = float(sys.argv[1]), sys.argv[2]
Run.get_context().log('score', 1 - (x - 0.73) ** 2 + (0.2 if kind == 'b' else 0))
`,
    });
    const tune = {
      type: 'sweep',
      trial: { command: 'python train.py ${{search_space.x}} ${{search_space.kind}}', type: 'command', code, environment },
      search_space: { x: { type: 'uniform', min_value: 0, max_value: 1 }, kind: { type: 'choice', values: ['a', 'b', 'c'] } },
      sampling_algorithm: 'bayesian',
      objective: { primary_metric: 'score', goal: 'maximize' },
      limits: { max_total_trials: 14, max_concurrent_trials: 2 },
    };
    const { steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { tune } } });
    expect(steps['tune']).toMatchObject({ status: 'completed', items: { total: 14, ended: 14, failed: 0 } });
    const { best } = steps['tune'] as { best?: { value: number } };
    // Of what there is 1.2 is the best; without the right kind it is 1.
    expect(best?.value).toBeGreaterThan(1.15);
  });

  it('tries all there is before it tries anything again, also where a trial fails', async () => {
    const code = await tempFolder();
    await writeFiles(code, {
      'train.py': `
import sys
from azureml.core import Run
x = float(sys.argv[1])
if x > 0.2: sys.exit(1)
Run.get_context().log('score', x)
`,
    });
    const tune = {
      type: 'sweep',
      trial: { command: 'python train.py ${{search_space.x}}', type: 'command', code, environment },
      search_space: { x: { type: 'choice', values: [0.1, 0.15, 0.18, 0.9, 0.05] } },
      sampling_algorithm: 'bayesian',
      objective: { primary_metric: 'score', goal: 'maximize' },
      limits: { max_total_trials: 5, max_concurrent_trials: 1 },
    };
    const { steps } = await runToEnd(server(), { document: { type: 'pipeline', jobs: { tune } } });
    expect(steps['tune']).toMatchObject({ status: 'completed', items: { total: 5, ended: 5, failed: 1 }, best: { value: 0.18 } });
  });
});
