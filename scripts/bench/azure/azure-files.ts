import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface MeasuredFile {
  readonly folder: string;
  readonly file: string;
}

/** A pipeline job of so many steps in layers of ten, over so many component files, as a team would write them. */
export async function writeAzureFiles({ steps, components }: { readonly steps: number; readonly components: number }): Promise<MeasuredFile> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-files-'));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'src', 'main.py'), 'print(1)\n');
  await writeFile(join(folder, 'env.yml'), 'name: bench\ndependencies:\n  - python=3.11\n  - pip\n  - pip:\n      - pandas\n');
  for (let index = 0; index < components; index += 1) await writeFile(join(folder, `component${index}.yml`), componentText(index));
  const file = join(folder, 'pipeline.yml');
  await writeFile(file, pipelineText(steps, components));
  return { folder, file };
}

function componentText(index: number): string {
  return `$schema: https://azuremlschemas.azureedge.net/latest/commandComponent.schema.json
type: command
name: component_${index}
version: "1"
display_name: Component ${index}
description: One of many.
inputs:
  data:
    type: uri_folder
    optional: true
  rate:
    type: number
    default: 0.1
    min: 0
  mode:
    type: string
    enum: [fast, careful]
    default: fast
outputs:
  result:
    type: uri_folder
code: ./src
environment:
  image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04
  conda_file: ./env.yml
command: >-
  python main.py
  $[[--data \${{inputs.data}}]]
  --rate \${{inputs.rate}}
  --mode \${{inputs.mode}}
  --result \${{outputs.result}}
`;
}

function pipelineText(steps: number, components: number): string {
  const jobs = Array.from({ length: steps }, (_, index) => {
    const before = index - 10;
    return `  # step ${index}
  step_${index}:
    type: command
    component: ./component${index % components}.yml
    inputs:
${before < 0 ? '' : `      data: \${{parent.jobs.step_${before}.outputs.result}}\n`}      rate: \${{parent.inputs.rate}}
      mode: careful
    compute: azureml:cpu-cluster
`;
  });
  return `$schema: https://azuremlschemas.azureedge.net/latest/pipelineJob.schema.json
type: pipeline
display_name: Many steps
experiment_name: bench
inputs:
  rate: 0.5
settings:
  default_compute: azureml:cpu-cluster
jobs:
${jobs.join('')}`;
}
