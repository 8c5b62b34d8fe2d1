const folder = { type: 'uri_folder' };
const outputOf = (step: string): string => `\${{parent.jobs.${step}.outputs.out}}`;
const copying = 'cp -r ${{inputs.x}}/. ${{outputs.out}}';

/** One after the other, each with the data of the one before; `commands` in place of copying. */
export function jobsOf(keys: readonly string[], commands: Readonly<Record<string, string>> = {}): Record<string, object> {
  return Object.fromEntries(
    keys.map((key, at) => {
      const before = keys[at - 1];
      const command = commands[key] ?? (before === undefined ? 'echo made > ${{outputs.out}}/text' : copying);
      return [key, { command, outputs: { out: folder }, ...(before === undefined ? {} : { inputs: { x: { ...folder, path: outputOf(before) } } }) }];
    }),
  );
}

const named: Readonly<Record<string, string>> = {
  load: 'Load the prices of all houses sold by the harbour since 1998',
  clean: 'Fill in what is missing',
  split: 'Split by year',
  train: 'Train gradient boosted trees',
  report: 'Report',
};

/** With names as people give them. */
export const longNames = Object.fromEntries(Object.entries(jobsOf(Object.keys(named))).map(([key, job]) => [key, { ...job, display_name: named[key] }]));

export const groupedLayout = {
  steps: { load: { x: 0, y: 0 }, clean: { x: 0, y: 200 }, split: { x: 0, y: 312 }, train: { x: 0, y: 520 }, report: { x: 320, y: 520 } },
  groups: { prep: { title: 'Prepare', steps: ['clean', 'split'] } },
  notes: {
    why: {
      x: 320,
      y: 176,
      width: 256,
      height: 200,
      color: 'yellow',
      text: '## Why the median\nThree **villas** draw the mean up.\n\n- until 2003: `guilders`\n- since: euros',
    },
    next: { x: 320, y: 0, width: 224, height: 96, color: 'blue', text: 'Data of 2026 comes in **March**.' },
  },
};

/** Disabled, bypassed, pinned to a run (if there is one), and what needs them. */
export function asideJobs(run: string | null): Record<string, object> {
  const tags: Record<string, object> =
    run === null
      ? {}
      : {
          pinned: { 'pipewright.pin': `${run} pinned` },
          bypassed: { 'pipewright.bypass': 'true' },
          disabled: { 'pipewright.disabled': 'true' },
        };
  const jobs = jobsOf(['load', 'pinned', 'bypassed', 'plain', 'disabled', 'needing']);
  return Object.fromEntries(Object.entries(jobs).map(([key, job]) => [key, { ...job, ...(tags[key] ? { tags: tags[key] } : {}) }]));
}

/** What the Problems panel has much to say of. */
export const wrongJobs = {
  read: { component: 'azureml:import_table:1' },
  split: { component: 'azureml:split_data:1', inputs: { fraction: 7, seed: 'many' } },
  gone: { component: 'azureml:not_here_any_more:3', inputs: { table: '${{parent.jobs.split.outputs.first}}' } },
  train: { component: 'azureml:train_model:1', inputs: { table: '${{parent.jobs.split.outputs.third}}', lable: 'price' } },
};

export const codeComponent = {
  type: 'command',
  name: 'count_words',
  display_name: 'Count words',
  description: 'Counts how often each word stands in a text.',
  command: 'python count.py --words "${{inputs.words}}" --out "${{outputs.out}}"',
  inputs: { words: { type: 'string', default: 'sea' }, least: { type: 'integer', default: 1, optional: true } },
  outputs: { out: folder },
};

export const codeFiles = {
  'count.py':
    'import argparse\nfrom pathlib import Path\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--words")\nparser.add_argument("--out", type=Path)\n\n\ndef main() -> None:\n    given = parser.parse_args()\n    given.out.mkdir(exist_ok=True)\n    (given.out / "counts.txt").write_text(given.words)\n\n\nmain()\n',
  'lib/words.txt': 'sea\nsalt\n',
  'lib/a-file-with-a-name-that-is-longer-than-the-list-of-files-is-wide.txt': 'x\n',
};
