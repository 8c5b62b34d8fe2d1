import { DataType } from '@pipewright/shared/component/port-type.ts';
import { RunStatus } from '@pipewright/shared/run/status.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { homeFolder } from '../config.ts';
import { readSamples } from '../gallery/read-gallery.ts';
import { createLogger } from '../logger.ts';
import { readTextFile } from '../read-text-file.ts';
import { catalog } from './catalog.ts';
import { commandHelp, flagsOf, takesValue } from './command-help.ts';
import { fileOf, readPipelineArgument } from './pipeline-argument.ts';
import { withRemembered, type Remembered } from './remembered.ts';

/** A word that may stand there, and what it is in a few words. */
type Candidate = readonly [string, string?];

/** Tells the shell to offer files as well. */
const files = ':files';

/**
 * What may stand where the last of the words stands, one a line: the word, and behind a tab what it is; `:files` where
 * files may be named. Never fails: a shell that asks while somebody types must not be answered with a complaint.
 */
export async function completionCandidates(words: readonly string[]): Promise<readonly string[]> {
  const current = words.at(-1) ?? '';
  const [command = ''] = words;
  const help = Object.hasOwn(commandHelp, command) ? commandHelp[command] : undefined;
  if (words.length <= 1 || !help) {
    const names = Object.entries(commandHelp).map(([name, { summary }]): Candidate => [name, summary]);
    return words.length <= 1 ? matching([...names, ['--help'], ['--version']], current) : [];
  }
  const before = words.at(-2) ?? '';
  const asked = { words, command, current, before };
  if (before.startsWith('-') && takesValue(help, before)) return await valuesOf(asked);
  if (current.startsWith('-'))
    return matching(
      flagsOf(help).map((flag): Candidate => [flag]),
      current,
    );
  const said = await named(asked);
  const own = (help.words ?? []).filter(() => isFirstWord(asked)).map((word): Candidate => [word]);
  return [...matching([...own, ...said], current), ...(help.takesFiles === true ? [files] : [])];
}

interface Asked {
  readonly words: readonly string[];
  readonly command: string;
  readonly current: string;
  readonly before: string;
}

const matching = (candidates: readonly Candidate[], current: string): string[] =>
  candidates.filter(([word]) => word.startsWith(current)).map(([word, about]) => (about === undefined ? word : `${word}\t${about.replaceAll(/\s+/g, ' ')}`));

/** Words that are neither flags nor values of flags. */
function positionals({ words, command }: Asked): readonly string[] {
  const help = commandHelp[command];
  return words.slice(1, -1).filter((word, index, all) => !word.startsWith('-') && !(help && takesValue(help, all[index - 1] ?? '')));
}

const isFirstWord = (asked: Asked): boolean => positionals(asked).length === 0;

async function valuesOf(asked: Asked): Promise<readonly string[]> {
  const { before, current } = asked;
  switch (before) {
    case '--set':
      // The value of a data input is a path.
      return current.includes('=')
        ? [files]
        : matching(
            (await sectionOf(asked, 'inputs')).map((name): Candidate => [`${name}=`]),
            current,
          );
    case '--from':
    case '--to':
    case '--only':
      return matching(
        (await stepsOf(asked)).map((key): Candidate => [key]),
        current,
      );
    case '--type':
      return matching(
        DataType.options.map((type): Candidate => [type]),
        current,
      );
    case '--status':
      return matching(
        RunStatus.options.map((status): Candidate => [status]),
        current,
      );
    case '--home':
    case '--path':
    case '--output':
    case '-o':
      return [files];
    default:
      return [];
  }
}

/** The things that the data folder remembers and the command takes by name. */
async function named(asked: Asked): Promise<readonly Candidate[]> {
  const { command } = asked;
  const [verb, run] = positionals(asked);
  if (command === 'runs' && verb !== undefined && verb !== 'ls') {
    if (run === undefined || verb === 'rm') return await remembered(runNames);
    return verb === 'logs' ? (await stepsOfRun(run)).map((key): Candidate => [key]) : [];
  }
  if (verb !== undefined) return [];
  if (command === 'run' || command === 'plan') return [...(await samples()), ...(await remembered(publishedNames))];
  if (command === 'export')
    return await remembered(async (known) => [...(await publishedNames(known)), ...(await draftNames(known)), ...(await runNames(known, 'run:'))]);
  return [];
}

const remembered = async <T>(look: (known: Remembered) => Promise<readonly T[]>): Promise<readonly T[]> =>
  await withRemembered(homeFolder(undefined), look).catch(() => []);

const samples = async (): Promise<Candidate[]> =>
  (await readSamples(catalog, createLogger('silent'))).map(({ name, content }): Candidate => [`gallery:${name}`, content.document.display_name ?? 'a sample']);

const publishedNames = async ({ store }: Remembered): Promise<Candidate[]> =>
  (await store.pipelines.list({ limit: 100 })).items.map(({ name, displayName }): Candidate => [name, displayName]);

const draftNames = async ({ store }: Remembered): Promise<Candidate[]> =>
  (await store.drafts.list({ limit: 100 })).items.map(({ id, document }): Candidate => [`draft:${id}`, document.display_name ?? 'a draft']);

async function runNames({ store }: Remembered, prefix = ''): Promise<Candidate[]> {
  const { items } = await store.runs.list({ limit: 100 });
  return items.map(({ id, status, name }): Candidate => [`${prefix}${id}`, `${status}, ${name}`]);
}

const stepsOfRun = async (run: string): Promise<readonly string[]> =>
  await remembered(async ({ store }) => (await store.runs.get(RunId.parse(run)))?.steps.map(({ key }) => key) ?? []);

async function stepsOf(asked: Asked): Promise<readonly string[]> {
  const [verb, run] = positionals(asked);
  if (asked.command !== 'runs') return await sectionOf(asked, 'jobs');
  return verb === 'resume' && run !== undefined ? await stepsOfRun(run) : [];
}

/** The names under `inputs` or `jobs` of the pipeline that stands on the line. */
async function sectionOf(asked: Asked, section: 'inputs' | 'jobs'): Promise<readonly string[]> {
  const [name] = positionals(asked);
  const map = await documentOf(name).then(
    (document) => document?.[section],
    () => undefined,
  );
  return isMap(map) ? Object.keys(map) : [];
}

async function documentOf(name: string | undefined): Promise<Readonly<Record<string, unknown>> | undefined> {
  const argument = readPipelineArgument(name);
  const file = fileOf(argument);
  if (file !== null) {
    const text = await readTextFile(file);
    const value = text === null ? undefined : readYaml(text).value;
    return isMap(value) ? value : undefined;
  }
  if (argument.kind !== 'pipeline') return undefined;
  const [found] = await remembered(async ({ store }) => [await store.pipelines.get(argument.name, argument.version)]);
  return found?.document;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);
