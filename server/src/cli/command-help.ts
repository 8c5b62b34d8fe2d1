/** A flag of a command as its help tells it. */
interface Flag {
  readonly name: string;
  /** What stands after it; none for a switch. */
  readonly value?: string;
  readonly text: string;
}

export interface CommandHelp {
  readonly summary: string;
  /** What stands after the command's name. */
  readonly usage: readonly string[];
  readonly flags: readonly Flag[];
  /** A command and what it does. */
  readonly examples: readonly (readonly [string, string])[];
  /** Words that may stand first. */
  readonly words?: readonly string[];
  /** Whether files may be named. */
  readonly takesFiles?: boolean;
}

const json: Flag = { name: '--json', text: 'one JSON document on standard output, for scripts' };
const set: Flag = { name: '--set', value: 'NAME=VALUE', text: 'the value of an input of the pipeline; of a data input the path' };
const tag: Flag = { name: '--tag', value: 'KEY=VALUE', text: 'to find it by; may be given more than once' };
const part: readonly Flag[] = [
  { name: '--from', value: 'STEP', text: 'this step and what is below it' },
  { name: '--to', value: 'STEP', text: 'this step and what is above it' },
  { name: '--only', value: 'STEP', text: 'this step alone; may be given more than once' },
  { name: '--with-missing', text: 'run as well what the part reads and has no earlier result of' },
];
const pipeline = 'FILE|gallery:NAME|PIPELINE[:VERSION]';

/** What each command is for, in the order in which they are told. */
export const commandHelp: Readonly<Record<string, CommandHelp>> = {
  start: {
    summary: 'serve the designer',
    usage: ['[--port N] [--open]'],
    flags: [
      { name: '--port', value: 'N', text: 'the port of the page; 0: any that is free (8787)' },
      { name: '--host', value: 'H', text: 'loopback only, for now' },
      { name: '--open', text: 'open the browser' },
    ],
    examples: [
      ['pipewright start --port 0 --open', 'on any free port, and open it'],
      ['pipewright start --home ./data', 'with a data folder of its own'],
    ],
  },
  run: {
    summary: 'run a pipeline, or a part of it, and wait for its end',
    usage: [pipeline],
    flags: [
      set,
      { name: '--experiment', value: 'E', text: 'the label that groups runs' },
      { name: '--name', value: 'TEXT', text: 'what the run is called' },
      { name: '--force-rerun', text: 'run every step, whatever was run before' },
      ...part,
      { name: '--detach', text: 'leave it to a server, which is started if there is none' },
      json,
    ],
    examples: [
      ['pipewright run pipeline.yml --set rate=0.1', 'with a value of one input'],
      ['pipewright run gallery:fuel-economy', 'a sample'],
      ['pipewright run train.yml --set data=./cars.csv', 'a component: its inputs are the pipeline’s'],
      ['pipewright run pipeline.yml --from train --json', 'again from one step, for a script'],
    ],
    takesFiles: true,
  },
  plan: {
    summary: 'what would run, what would be reused, and why',
    usage: [pipeline],
    flags: [set, ...part, json],
    examples: [['pipewright plan pipeline.yml', 'nothing is started, and no server is needed']],
    takesFiles: true,
  },
  validate: {
    summary: 'find the mistakes in pipelines, components, jobs and assets',
    usage: ['FILE…'],
    flags: [json],
    examples: [['pipewright validate jobs/*.yml', 'as FILE:LINE:COLUMN; ends with 2 if there is an error']],
    takesFiles: true,
  },
  import: {
    summary: 'make drafts of files, folders and archives',
    usage: ['FILE|DIR|ZIP…'],
    flags: [{ name: '--name', value: 'N', text: 'what the draft is called, where it is one' }],
    examples: [
      ['pipewright import pipeline.yml', 'it is edited in the designer, and its file stays as it is'],
      ['pipewright import project/', 'every pipeline in it that no other one uses, from where it lies'],
      ['pipewright import project.zip', 'unpacked into the workspace; all of it or nothing'],
    ],
    takesFiles: true,
  },
  export: {
    summary: 'write a pipeline as YAML, or as a folder that runs anywhere',
    usage: ['PIPELINE[:VERSION]|draft:ID|run:ID'],
    flags: [
      { name: '--output', value: 'FILE|DIR/', text: 'where to (-o); else standard output' },
      { name: '--force', text: 'also over files in the folder that say something else' },
    ],
    examples: [
      ['pipewright export run:42 -o again.yml', 'as it was run, with the comments of its file'],
      ['pipewright export run:42 -o again/', 'with its components, code, environments and data'],
    ],
  },
  register: {
    summary: 'take components, environments, data and models into the workspace',
    usage: ['FILE…', 'data|model --name N --path P'],
    flags: [
      { name: '--name', value: 'N', text: 'of bytes' },
      { name: '--path', value: 'P', text: 'a file, a folder, an output of a run, runs:/RUN/PATH or models:/NAME/VERSION; a URL is kept as one' },
      { name: '--version', value: 'V', text: 'else the next number' },
      { name: '--type', value: 'T', text: 'uri_file, uri_folder, mltable, mlflow_model, custom_model, triton_model' },
      { name: '--description', value: 'TEXT', text: 'for those who read the list' },
      { name: '--display-name', value: 'TEXT', text: 'what pages call it' },
      tag,
      json,
    ],
    examples: [
      ['pipewright register train.yml env.yml data.yml', 'what Azure ML files describe'],
      ['pipewright register data --name cars --path ./cars.csv', 'then azureml:cars:1 in a pipeline'],
      ['pipewright register model --name best --path azureml://jobs/42/outputs/model', 'what a run has put out'],
      ['pipewright register model --name best --path runs:/RUN/model', 'what a client of MLflow has logged'],
      ['pipewright register data --name clicks --path https://example.org/clicks.csv', 'an address: fetched when a run needs it'],
    ],
    words: ['data', 'model'],
    takesFiles: true,
  },
  runs: {
    summary: 'the history of runs',
    usage: [
      'ls [--status S] [--search TEXT] [--limit N] [--json]',
      'show [RUN] [--json]',
      'logs [RUN] [STEP] [--attempt N] [--follow] [--json]',
      'cancel [RUN]',
      'resume [RUN] [--from STEP] [--to STEP] [--only STEP]… [--force-rerun] [--json]',
      'rm RUN…',
    ],
    flags: [
      { name: '--status', value: 'S', text: 'queued, running, cancelling, completed, failed, cancelled, timed-out' },
      { name: '--search', value: 'TEXT', text: 'in the names of runs and pipelines' },
      { name: '--limit', value: 'N', text: 'how many (20)' },
      { name: '--attempt', value: 'N', text: 'of a step that was tried again' },
      { name: '--follow', text: 'go on with what is written until the end' },
      ...part,
      { name: '--force-rerun', text: 'run every step, whatever was run before' },
      json,
    ],
    examples: [
      ['pipewright runs logs 42 train --follow', 'what the step writes, as it comes'],
      ['pipewright runs resume', 'goes on with the newest run that failed'],
    ],
    words: ['ls', 'show', 'logs', 'cancel', 'resume', 'rm'],
  },
  ls: {
    summary: 'what there is, by name',
    usage: ['pipelines|components|data|models|environments|gallery|compute'],
    flags: [
      { name: '--search', value: 'TEXT', text: 'part of a name' },
      { name: '--tag', value: 'KEY[=VALUE]', text: 'with this tag' },
      { name: '--type', value: 'T', text: 'uri_file, mlflow_model, command …' },
      { name: '--all', text: 'archived ones as well' },
      json,
    ],
    examples: [
      ['pipewright ls components', 'what a step may name'],
      ['pipewright ls models --tag stage=production', 'every version with this tag'],
    ],
    words: ['pipelines', 'components', 'data', 'models', 'environments', 'gallery', 'compute'],
  },
  assets: {
    summary: 'show, archive, restore or describe one name: data, models, components, environments',
    usage: [
      'show KIND NAME[:VERSION] [--json]',
      'archive|restore KIND NAME[:VERSION]',
      'update KIND NAME[:VERSION] [--description TEXT] [--display-name TEXT] [--tag KEY=VALUE]… [--untag KEY]…',
    ],
    flags: [
      { name: '--description', value: 'TEXT', text: 'Markdown' },
      { name: '--display-name', value: 'TEXT', text: 'what pages call it' },
      tag,
      { name: '--untag', value: 'KEY', text: 'takes a tag away' },
      json,
    ],
    examples: [
      ['pipewright assets show models best', 'what it is, and the runs that made and used it'],
      ['pipewright assets archive data cars:3', 'no longer the latest; azureml:cars:3 is found all the same'],
      ['pipewright assets update models best:2 --tag stage=production', 'what it holds never changes'],
    ],
    words: ['show', 'archive', 'restore', 'update', 'data', 'models', 'components', 'environments'],
  },
  gc: {
    summary: 'delete old outputs, working copies and environments',
    usage: ['[--dry-run] [--keep DAYS]', '--verify [--dry-run]'],
    flags: [
      { name: '--dry-run', text: 'only say what would go' },
      { name: '--keep', value: 'DAYS', text: 'outputs of runs that ended later stay (30)' },
      { name: '--verify', text: 'read all outputs again, and put damaged ones aside' },
      json,
    ],
    examples: [['pipewright gc --dry-run', 'what could be freed']],
  },
  doctor: {
    summary: 'what this machine can run, what is missing, and how to get it',
    usage: [''],
    flags: [json],
    examples: [['pipewright doctor', 'ends with 1 if something is missing']],
  },
  completion: {
    summary: 'completion of commands, flags and names for a shell',
    usage: ['bash|zsh|fish'],
    flags: [],
    examples: [
      ['source <(pipewright completion bash)', 'in ~/.bashrc'],
      ['source <(pipewright completion zsh)', 'in ~/.zshrc, after compinit'],
      ['pipewright completion fish > ~/.config/fish/completions/pipewright.fish', 'for fish'],
    ],
    words: ['bash', 'zsh', 'fish'],
  },
};

const everywhere: readonly Flag[] = [
  { name: '--home', value: 'DIR', text: 'the data folder (else $PIPEWRIGHT_HOME, else ~/.pipewright)' },
  { name: '--help', text: 'this' },
];

/** Everything about one command. */
export function helpOf(name: string, { summary, usage, flags, examples }: CommandHelp): string {
  const rows = [...flags, ...everywhere].map(({ name: flag, value, text }): [string, string] => [value === undefined ? flag : `${flag} ${value}`, text]);
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
  return [
    ...usage.map((line, index) => `${index === 0 ? 'Usage:' : '      '} pipewright ${name} ${line}`.trimEnd()),
    '',
    `  ${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    '',
    ...rows.map(([flag, text]) => `  ${flag.padEnd(width)}${text}`),
    '',
    'Examples:',
    ...examples.flatMap(([command, text]) => [`  ${command}`, `      ${text}`]),
    '',
  ].join('\n');
}

/** The commands, a line each. */
export function overview(): string {
  const width = Math.max(...Object.keys(commandHelp).map((name) => name.length)) + 2;
  return [
    'Usage: pipewright COMMAND',
    '',
    ...Object.entries(commandHelp).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`),
    '',
    'pipewright COMMAND --help says how each is used, with examples. Everywhere: --home DIR, --help, --version.',
    'Exit status: 0 done · 1 the run failed · 2 wrong file or arguments · 3 the data folder or the server cannot be',
    'used · 130 cancelled.',
    '',
  ].join('\n');
}

export const flagsOf = ({ flags }: CommandHelp): readonly string[] => [...flags, ...everywhere].map(({ name }) => name);

/** Whether a word that begins with a dash is followed by a value. */
export const takesValue = ({ flags }: CommandHelp, word: string): boolean =>
  word === '-o' || [...flags, ...everywhere].some(({ name, value }) => name === word && value !== undefined);
