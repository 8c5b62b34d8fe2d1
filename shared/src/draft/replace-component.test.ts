import { describe, expect, it } from 'vitest';
import type { ComponentInterface } from '../component/component-interface.ts';
import { diffInterfaces } from '../component/diff-interfaces.ts';
import { newerVersion, newestVersions } from '../component/newer-version.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import { Step } from '../pipeline/step.ts';
import { applyDraftOps } from './apply-draft-ops.ts';
import { DraftContent } from './draft-op.ts';
import { fateOf, leftUnfilled, planReplacement, replaceOps } from './replace-component.ts';

const table = { type: 'mltable' } as const;
const split: ComponentInterface = {
  display_name: 'Split',
  inputs: { data: table, fraction: { type: 'number', default: 0.5 }, seed: { type: 'integer', default: 1 } },
  outputs: { train: table, test: table },
};
const sample: ComponentInterface = {
  display_name: 'Sample',
  inputs: { rows: table, share: { type: 'number', default: 1 }, seed: { type: 'integer', default: 1, max: 9 }, key: { type: 'string' } },
  outputs: { sample: table },
};
const components = { 'azureml:split:1': split, 'azureml:sample:1': sample };
const next = { reference: 'azureml:sample:1', ports: sample };

const content: DraftContent = DraftContent.parse({
  document: {
    type: 'pipeline',
    outputs: { held: { type: 'mltable' } },
    jobs: {
      load: { command: 'true', outputs: { out: table } },
      split: {
        component: 'azureml:split:1',
        display_name: 'Split 2',
        inputs: { data: '${{parent.jobs.load.outputs.out}}', fraction: 0.7, seed: 42 },
        outputs: { test: '${{parent.outputs.held}}' },
      },
      fit: { command: 'true', inputs: { data: '${{parent.jobs.split.outputs.train}}' } },
    },
  },
  layout: emptyLayout,
});
const replacement = { document: content.document, components, key: 'split', next };

describe('a step that uses another component', () => {
  it('keeps what has its port by name, and by type where only one fits; the rest is told', () => {
    const moves = planReplacement(replacement);
    expect(moves.map((move) => [move.side, move.name, move.to, fateOf(replacement, move)])).toEqual([
      ['inputs', 'data', 'rows', 'mapped'],
      ['inputs', 'fraction', 'share', 'mapped'],
      ['inputs', 'seed', 'seed', 'unsuited'],
      // Both would fit the only output that is left: nobody can say which.
      ['outputs', 'test', 'test', 'lost'],
      ['outputs', 'train', 'train', 'lost'],
    ]);
    expect(leftUnfilled(next, moves)).toEqual(['key']);
  });

  it('has its wires where they were mapped to; none is dropped unless one says so', () => {
    const moves = planReplacement(replacement).map((move) =>
      move.name === 'train' ? { ...move, to: 'sample' } : move.name === 'seed' ? { ...move, to: null } : move,
    );
    const applied = applyDraftOps(content, replaceOps(replacement, moves));
    if (!applied.ok) throw new Error(applied.message);
    const { jobs } = applied.content.document;
    expect(jobs['split']).toEqual({
      component: 'azureml:sample:1',
      display_name: 'Sample',
      inputs: { rows: '${{parent.jobs.load.outputs.out}}', share: 0.7 },
      outputs: { test: '${{parent.outputs.held}}' },
    });
    expect(jobs['fit']?.inputs).toEqual({ data: '${{parent.jobs.split.outputs.sample}}' });
    expect(applyDraftOps(applied.content, applied.inverse)).toMatchObject({ ok: true, content });
  });

  it('leaves a text whole that speaks of a port which is taken away, and moves the other wires beside it', () => {
    const document = {
      ...content.document,
      jobs: {
        ...content.document.jobs,
        say: Step.parse({
          command: 'true',
          inputs: {
            words: 'of ${{parent.jobs.split.outputs.test}}',
            test: '${{parent.jobs.split.outputs.test}}',
            data: '${{parent.jobs.split.outputs.train}}',
          },
          when: "${{parent.jobs.split.outputs.test}} == 'x'",
        }),
      },
    };
    const moves = [
      { side: 'outputs', name: 'test', to: null },
      { side: 'outputs', name: 'train', to: 'sample' },
    ] as const;
    const applied = applyDraftOps({ ...content, document }, replaceOps({ ...replacement, document }, moves));
    expect(applied.ok && applied.content.document.jobs['say']).toMatchObject({
      inputs: { words: 'of ${{parent.jobs.split.outputs.test}}', data: '${{parent.jobs.split.outputs.sample}}' },
      when: "${{parent.jobs.split.outputs.test}} == 'x'",
    });
    expect(applied.ok && applied.content.document.jobs['say']?.inputs).not.toHaveProperty('test');
  });

  it('is no longer the command that it was', () => {
    const toSplit = { ...replacement, key: 'fit', next: { reference: 'azureml:split:1', ports: split } };
    const applied = applyDraftOps(content, replaceOps(toSplit, planReplacement(toSplit)));
    expect(applied.ok && applied.content.document.jobs['fit']).toEqual({
      component: 'azureml:split:1',
      display_name: 'Split',
      inputs: { data: '${{parent.jobs.split.outputs.train}}' },
      outputs: {},
    });
  });
});

describe('another version of a component', () => {
  it('is newer by its numbers, and only of a registered component', () => {
    const newest = newestVersions(['azureml:split:9', 'azureml:split:10', 'azureml:other:1', './split.yml']);
    expect(newerVersion('azureml:split:9', newest)).toEqual({ reference: 'azureml:split:10', version: '10' });
    for (const reference of ['azureml:split:10', 'azureml:split@latest', './split.yml', null]) expect(newerVersion(reference, newest)).toBeNull();
  });

  it('differs by the ports and parameters that came, went or are otherwise', () => {
    const after: ComponentInterface = {
      inputs: { data: table, fraction: { type: 'number', default: 0.8 }, stratify: { type: 'string' } },
      outputs: { train: { type: 'uri_folder' }, test: table },
    };
    expect(diffInterfaces(split, after)).toEqual([
      { side: 'inputs', name: 'fraction', kind: 'changed', isParameter: true, details: ['default 0.5 → 0.8'] },
      { side: 'inputs', name: 'stratify', kind: 'added', isParameter: true, details: ['string', 'required'] },
      { side: 'inputs', name: 'seed', kind: 'removed', isParameter: true, details: ['integer'] },
      { side: 'outputs', name: 'train', kind: 'changed', isParameter: false, details: ['mltable → uri_folder'] },
    ]);
  });
});
