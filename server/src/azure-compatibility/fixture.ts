import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';
import { z } from 'zod';

/**
 * How far a construct of the format goes here. `run`: it has its effect. `kept`: it is read and written back, a note says
 * that it has no effect, and the pipeline runs. `shown`: the pipeline opens with it and cannot run. `refused`: a mistake, and
 * said to be one. Whatever is not refused is written back as it stood.
 */
const Level = z.enum(['run', 'kept', 'shown', 'refused']);
export type Level = z.infer<typeof Level>;

/** What is to be seen of a run. */
const Ending = z.strictObject({
  status: z.string().default('completed'),
  /** Steps by their keys. */
  steps: z.record(z.string(), z.string()).default({}),
  /** What the log of a step holds. */
  prints: z.record(z.string(), z.string()).default({}),
  /** The bytes at `STEP.OUTPUT` or `STEP.OUTPUT/PATH`. */
  puts_out: z.record(z.string(), z.string()).default({}),
  /** What the failure of a step says. */
  fails: z.record(z.string(), z.string()).default({}),
  /** The bytes at a place in a datastore, as `DATASTORE/PATH`. */
  delivers: z.record(z.string(), z.string()).default({}),
  /** Assets of data by name, and the version that was said (empty: none). */
  registers: z.record(z.string(), z.string()).default({}),
  /** What a note of a step holds. */
  notes: z.record(z.string(), z.string()).default({}),
});

/** What a fixture shows, at its head in lines that begin with `#|`. */
const Claim = z.strictObject({
  construct: z.string(),
  here: Level,
  /** Besides: what to know about it, and where it is not as in Azure. */
  remark: z.string().optional(),
  /** Files to be registered before, beside the fixture. */
  register: z.array(z.string()).default([]),
  /** Values given to it. */
  set: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  run: Ending.optional(),
  /** A second run of the same. */
  again: Ending.optional(),
  /** The problems of the run, where they are not those that validation gives as warnings. */
  lacks: z.array(z.string()).optional(),
});
type Claim = z.infer<typeof Claim>;

export interface Fixture extends Claim {
  /** Its place below the folder of fixtures, without the ending. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** In the files of a folder: `FILE:LINE severity code`, and the words that the message must hold. */
  readonly marks: readonly Mark[];
}

interface Mark {
  readonly place: string;
  readonly said: string;
  readonly words: string;
}

const Section = z.strictObject({ title: z.string(), about: z.string().optional(), folder: z.string(), fixtures: z.array(z.string()) });
export type Section = Omit<z.infer<typeof Section>, 'fixtures'> & { readonly fixtures: readonly Fixture[] };

export const fixturesFolder = join(import.meta.dirname, 'fixtures');

/** All fixtures, in the order of `sections.yml`; one that is not listed there is an error. */
export async function readSections(): Promise<Section[]> {
  const listed = z.array(Section).parse(readYaml(await readFile(join(fixturesFolder, 'sections.yml'), 'utf8')).value);
  return await Promise.all(
    listed.map(async ({ fixtures, ...section }) => {
      const folder = join(fixturesFolder, section.folder);
      const there = (await readdir(folder)).map((name) => name.replace(/\.yml$/, '')).toSorted();
      if (there.join() !== fixtures.toSorted().join()) throw new Error(`sections.yml and ${folder} do not agree: ${there.join(' ')}`);
      return { ...section, fixtures: await Promise.all(fixtures.map(async (name) => await readFixture(join(section.folder, name)))) };
    }),
  );
}

/** A fixture is a file, or a folder with a `pipeline.yml` and what that needs. */
async function readFixture(name: string): Promise<Fixture> {
  const folder = join(fixturesFolder, name);
  const inside = await readdir(folder).catch(() => null);
  const file = inside ? join(folder, 'pipeline.yml') : `${folder}.yml`;
  const text = await readFile(file, 'utf8');
  const head = text.split('\n').flatMap((line) => /^#\| ?(.*)$/.exec(line)?.[1] ?? []);
  const claim = Claim.safeParse(readYaml(head.join('\n')).value);
  if (!claim.success) throw new Error(`${file}: ${claim.error.message}`);
  const others = inside?.filter((other) => other.endsWith('.yml')).map((other) => join(folder, other)) ?? [file];
  const marks = await Promise.all(others.map(async (other) => marksIn(other, await readFile(other, 'utf8'))));
  return { ...claim.data, name, file, text, marks: marks.flat() };
}

/** `key: value #! note kept-only: words` says which problem that line is to have. */
function marksIn(file: string, text: string): Mark[] {
  return text.split('\n').flatMap((line, index) =>
    line
      .split('#! ')
      .slice(1)
      .map((mark) => {
        const [said = '', words = ''] = mark.split(': ', 2);
        return { place: `${file}:${index + 1}`, said: said.trim(), words: words.trim() };
      }),
  );
}
