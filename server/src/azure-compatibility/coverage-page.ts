import type { Fixture, Level, Section } from './fixture.ts';

const words: Readonly<Record<Level, string>> = { run: 'runs', kept: 'kept', shown: 'shown', refused: 'refused' };

const head = `# What of Azure ML works here

Made from the files in \`server/src/azure-compatibility/fixtures\`: one for each line, each opened, written and run by a test, so that what stands here is so.
How to work with such files is in [azure-files.md](azure-files.md).

| word | means |
|---|---|
| **runs** | it has its effect on this machine |
| **kept** | read and written back, greyed on the page, with a note that it has no effect; the pipeline runs |
| **shown** | drawn with its ports, kept, and a warning; a run that needs it says what is missing |
| **refused** | a mistake in the file, said with file, line and column |

Whatever is not refused is written back key for key, and with its text as it stood where nothing was edited.
`;

/** The page as it is to be in `docs/`. */
export function coveragePage(sections: readonly Section[]): string {
  const count = (level: Level): number => sections.flatMap(({ fixtures }) => fixtures).filter(({ here }) => here === level).length;
  const sums = (['run', 'kept', 'shown', 'refused'] as const).map((level) => `${count(level)} ${words[level]}`).join(' · ');
  return [head, `**${sums}**\n`, ...sections.map(sectionText)].join('\n');
}

function sectionText({ title, about, fixtures }: Section): string {
  const rows = fixtures.map(({ construct, here, remark = '' }: Fixture) => `| ${cell(construct)} | ${words[here]} | ${cell(remark)} |`);
  return [`## ${title}\n`, ...(about === undefined ? [] : [`${about.trim()}\n`]), '| construct | here | |', '|---|---|---|', ...rows, ''].join('\n');
}

const cell = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', String.raw`\|`);
