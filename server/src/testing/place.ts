import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

/** A pipeline of two quick steps, with an input of text, one of data, and an output. */
export const twoSteps = `type: pipeline
display_name: Two steps # as lists show it
inputs:
  text: hello
  file: { type: uri_file, path: ./in.txt }
outputs:
  result: { type: uri_file }
jobs:
  # says something
  make:
    command: echo \${{inputs.text}} > \${{outputs.out}}
    inputs:
      text: \${{parent.inputs.text}}
    outputs:
      out: { type: uri_file }
  copy:
    command: cat \${{inputs.data}} \${{inputs.file}} > \${{outputs.copy}} && echo copied
    inputs:
      data: \${{parent.jobs.make.outputs.out}}
      file: \${{parent.inputs.file}}
    outputs:
      copy: \${{parent.outputs.result}}
`;

export interface Place {
  readonly home: string;
  readonly cwd: string;
}

/** A data folder that nobody has used, and a folder with a person's own files: `two.yml`, and what else is asked for. */
export async function createPlace(files: Readonly<Record<string, string>> = {}): Promise<Place> {
  const cwd = await tempFolder();
  await writeFiles(cwd, { 'two.yml': twoSteps, 'in.txt': 'data\n', ...files });
  return { home: join(cwd, 'home'), cwd };
}

/** A pipeline whose only step runs a command. */
export const oneStep = (command: string): string => `jobs:\n  only:\n    command: ${JSON.stringify(command)}\n`;

/** Files by their path in a folder, with the folders that they need. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
