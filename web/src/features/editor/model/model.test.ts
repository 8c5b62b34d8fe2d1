import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { describe, expect, it } from 'vitest';
import { createFlowMapper } from '../../../canvas/flow-graph.ts';
import { nodeHeight, nodeWidth } from '../../../canvas/geometry.ts';
import type { StepStrip } from '../../../canvas/step-strip.ts';
import { sampleComponents, samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { adapterFor } from '@pipewright/shared/graph/adapter-for.ts';
import { addStep, addStepToWire, insertAdapter, placeUnplaced } from './add-step.ts';
import { createChangeFinder, describeChanges } from './changed-since.ts';
import { copySteps, pasteSteps, readCopiedSteps } from './clipboard.ts';
import { draftStrip } from './draft-strip.ts';
import { fieldsReading } from './field-readers.ts';
import { fittingPorts } from './fitting-ports.ts';
import { freePlace } from './free-place.ts';
import { mergeProblems } from './merge-problems.ts';
import { parameterFields, readTyped } from './parameter-fields.ts';
import {
  promoteInput,
  promoteOutput,
  removePipelineInput,
  removePipelineOutput,
  renamePipelineInput,
  renamePipelineOutput,
  sourceOfOutput,
} from './pipeline-ports.ts';
import { matchScore } from './search-by.ts';
import { fromElkGraph, toElkGraph } from './tidy.ts';
import { edgeBetween, reconnect, startWiring } from './wiring.ts';
import { plainStripFacts } from '../testing/plain-strip-facts.ts';

const none: ReadonlySet<string> = new Set();

function after(content: DraftContent, ops: readonly DraftOp[]): DraftContent {
  const applied = applyDraftOps(content, ops);
  if (!applied.ok) throw new Error(applied.message);
  return applied.content;
}

function viewsOf(content: DraftContent) {
  const { nodes } = createFlowMapper()({ content, components: sampleComponents, selectedSteps: none, selectedEdges: none, areScalarsShown: false });
  return nodes.map((node) => node.data.view);
}

const component = (reference: string) => {
  const found = sampleComponents[reference];
  if (!found) throw new Error(`expected a component ${reference}`);
  return { reference, component: found };
};

describe('wiring', () => {
  const content = samplePipeline();
  const graph = { document: content.document, views: viewsOf(content) };
  const verdict = (from: Parameters<typeof startWiring>[1], to: string) => startWiring(graph, from)?.verdicts.get(to);

  it('may end where the types agree', () => {
    expect(verdict({ step: 'split', side: 'outputs', port: 'first' }, 'train.inputs.extra')).toEqual({ isValid: true, replaces: null, isThere: false });
  });

  it('says what it would replace', () => {
    const found = verdict({ step: 'import', side: 'outputs', port: 'table' }, 'train.inputs.table');
    expect(found).toMatchObject({ isValid: true, replaces: { from: { step: 'split', output: 'first' } } });
  });

  it('may not end at another type, and says what is given and taken', () => {
    expect(verdict({ step: 'train', side: 'outputs', port: 'model' }, 'score.inputs.table')).toEqual({
      isValid: false,
      why: { code: 'type-mismatch', gives: 'mlflow_model', takes: 'mltable' },
    });
  });

  it('may end where an input takes the type besides its own', () => {
    const views = graph.views.map((view) =>
      view.key === 'score' ? { ...view, inputs: view.inputs.map((port) => ({ ...port, accepts: ['mlflow_model' as const] })) } : view,
    );
    const wiring = startWiring({ ...graph, views }, { step: 'train', side: 'outputs', port: 'model' });
    expect(wiring?.verdicts.get('score.inputs.table')).toMatchObject({ isValid: true });
  });

  it('may not make a circle', () => {
    expect(verdict({ step: 'score', side: 'outputs', port: 'scored' }, 'split.inputs.table')).toEqual({ isValid: false, why: { code: 'cycle' } });
    expect(verdict({ step: 'split', side: 'inputs', port: 'table' }, 'score.outputs.scored')).toEqual({ isValid: false, why: { code: 'cycle' } });
  });

  it('can begin at an input and go up', () => {
    expect(verdict({ step: 'train', side: 'inputs', port: 'extra' }, 'import.outputs.table')).toMatchObject({ isValid: true });
  });

  it('moves the end of an edge', () => {
    const old = edgeBetween({ step: 'split', side: 'outputs', port: 'first' }, { step: 'train', side: 'inputs', port: 'table' });
    const next = edgeBetween({ step: 'split', side: 'outputs', port: 'first' }, { step: 'train', side: 'inputs', port: 'extra' });
    expect(after(content, reconnect(old, next)).document.jobs['train']?.inputs).toEqual({ extra: '${{parent.jobs.split.outputs.first}}' });
  });
});

describe('adapters', () => {
  it('offers what takes exactly this type before what takes any folder', () => {
    const adapter = adapterFor({ type: 'mlflow_model' }, { type: 'mltable' }, sampleComponents);
    expect(adapter).toMatchObject({ reference: 'azureml:score:1', input: 'model', output: 'scored', openInputs: ['table'] });
  });

  it('offers to import a file as a table', () => {
    expect(adapterFor({ type: 'uri_file' }, { type: 'mltable' }, sampleComponents)).toMatchObject({ reference: 'azureml:import:1' });
  });

  it('offers nothing where nothing converts', () => {
    expect(adapterFor({ type: 'mltable' }, { type: 'mlflow_model' }, sampleComponents)).toBeNull();
  });

  it('stands between the two, wired on both sides', () => {
    const content = samplePipeline();
    const adapter = adapterFor({ type: 'mlflow_model' }, { type: 'mltable' }, sampleComponents);
    if (!adapter) throw new Error('expected an adapter');
    const edge = { from: { step: 'train', output: 'model' }, to: { step: 'score', input: 'table' } };
    const { ops, key } = insertAdapter(content, edge, adapter);
    const { jobs } = after(content, ops).document;
    expect(jobs[key]?.inputs).toEqual({ model: '${{parent.jobs.train.outputs.model}}' });
    expect(jobs['score']?.inputs['table']).toBe(`\${{parent.jobs.${key}.outputs.scored}}`);
  });
});

describe('adding steps', () => {
  it('takes a free key and says the number in the title', () => {
    const { ops, key } = addStep(samplePipeline(), component('azureml:split:1'), { x: 3, y: 5 });
    expect(key).toBe('split_2');
    expect(ops).toEqual([
      { op: 'step.add', step: 'split_2', value: { component: 'azureml:split:1', display_name: 'Split 2', inputs: {}, outputs: {} }, position: { x: 0, y: 8 } },
    ]);
  });

  it('connects a dropped wire by the port that fits best, forwards and backwards', () => {
    const content = samplePipeline();
    const added = { ...component('azureml:score:1'), place: { x: 0, y: 0 } };
    const wire = { step: 'train', side: 'outputs' as const, port: 'model' };
    const { ops, key } = addStepToWire(content, added, { wire, port: 'model' });
    expect(after(content, ops).document.jobs[key]?.inputs).toEqual({ model: '${{parent.jobs.train.outputs.model}}' });
    const back = addStepToWire(content, added, { wire: { step: 'train', side: 'inputs', port: 'extra' }, port: 'scored' });
    expect(after(content, back.ops).document.jobs['train']?.inputs['extra']).toBe(`\${{parent.jobs.${back.key}.outputs.scored}}`);
  });

  it('knows every port at which a wire may end, the very type and what is needed first', () => {
    const view = viewsOf(samplePipeline()).find(({ key }) => key === 'train');
    const [model, extra] = [view?.outputs[0], view?.inputs.find(({ name }) => name === 'extra')];
    const split = viewsOf(samplePipeline()).find(({ key }) => key === 'split')?.outputs[0];
    if (!model || !extra || !split) throw new Error('expected ports');
    expect(fittingPorts(component('azureml:train:1').component, split).map(({ name }) => name)).toEqual(['table', 'extra']);
    expect(fittingPorts(component('azureml:import:1').component, model)).toEqual([{ name: 'data', label: 'data', rank: 1 }]);
    expect(fittingPorts(component('azureml:split:1').component, extra).map(({ name }) => name)).toEqual(['first', 'second']);
    expect(fittingPorts(component('azureml:split:1').component, model)).toEqual([]);
  });

  it('stores the places of steps that had none, so that they stay where they are seen', () => {
    const { document, layout } = samplePipeline();
    const content = { document, layout: { ...layout, steps: { import: { x: 0, y: 0 } } } };
    expect(placeUnplaced(content).map((op) => ('step' in op ? op.step : ''))).toEqual(['split', 'train', 'score']);
    expect(placeUnplaced(samplePipeline())).toEqual([]);
  });

  it('finds a place that overlaps nothing', () => {
    const taken = Array.from({ length: 30 }, (_, index) => ({ x: (index % 5) * 264, y: Math.floor(index / 5) * 112 }));
    const place = freePlace(taken, { x: 264, y: 112 });
    for (const other of taken) {
      const isApart = Math.abs(other.x - place.x) >= nodeWidth || Math.abs(other.y - place.y) >= nodeHeight;
      expect(isApart).toBe(true);
    }
    expect([Math.abs(place.x % 8), Math.abs(place.y % 8)]).toEqual([0, 0]);
  });
});

describe('the clipboard', () => {
  const copiedBack = (text: string) => {
    const read = readCopiedSteps(text);
    if (read.kind !== 'steps') throw new Error('expected copied steps');
    return read.copied;
  };

  it('carries steps to another draft, with the wires among them', () => {
    const copied = copiedBack(copySteps(samplePipeline(), ['split', 'train']));
    const content = samplePipeline();
    const { ops, keys } = pasteSteps(content, { copied, at: { x: 1000, y: 1000 }, keepsIncoming: false });
    const { document, layout } = after(content, ops);
    expect(keys).toEqual(['split_2', 'train_2']);
    expect(document.jobs['train_2']?.inputs).toEqual({ table: '${{parent.jobs.split_2.outputs.first}}' });
    expect(document.jobs['split_2']?.inputs).toEqual({ fraction: 0.8, seed: '${{parent.inputs.seed}}' });
    // The middle of the two comes to stand at the place that was asked for, as near as the grid allows.
    expect(layout.steps['train_2']).toEqual({ x: 816, y: 1024 });
  });

  it('keeps incoming wires when asked', () => {
    const copied = copiedBack(copySteps(samplePipeline(), ['train']));
    const { ops } = pasteSteps(samplePipeline(), { copied, at: null, keepsIncoming: true });
    expect(after(samplePipeline(), ops).document.jobs['train_2']?.inputs).toEqual({ table: '${{parent.jobs.split.outputs.first}}' });
  });

  it.each(['', 'hello', '{"a":1}', '{"kind":"pipewright/steps","version":1,"steps":{}}'])('does not take %j for steps', (text) => {
    expect(readCopiedSteps(text)).toEqual({ kind: 'other' });
  });

  it('brings along the inputs that the steps read where there are none of that name, and keeps those that are there', () => {
    const copied = copiedBack(copySteps(samplePipeline(), ['split']));
    expect(copied.inputs).toEqual({ seed: 42 });
    const empty = { document: emptyPipeline('Other'), layout: emptyLayout };
    const pasted = pasteSteps(empty, { copied, at: null, keepsIncoming: false });
    expect(pasted.inputs).toEqual(['seed']);
    expect(after(empty, pasted.ops).document).toMatchObject({ inputs: { seed: 42 }, jobs: { split: { component: 'azureml:split:1' } } });
    const own = { ...empty, document: { ...empty.document, inputs: { seed: 7 } } };
    expect(after(own, pasteSteps(own, { copied, at: null, keepsIncoming: false }).ops).document.inputs).toEqual({ seed: 7 });
  });

  it('never puts a step exactly over another, however often it is pasted', () => {
    const copied = copiedBack(copySteps(samplePipeline(), ['train']));
    let content = samplePipeline();
    for (let times = 0; times < 3; times += 1) content = after(content, pasteSteps(content, { copied, at: { x: 0, y: 0 }, keepsIncoming: false }).ops);
    const places = Object.values(content.layout.steps).map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('is read from the fences of an issue, and says when it was written by a newer page', () => {
    const text = copySteps(samplePipeline(), ['train']);
    expect(readCopiedSteps(`\`\`\`json\n${text}\n\`\`\``)).toMatchObject({ kind: 'steps' });
    expect(readCopiedSteps(text.replace('"version": 1', '"version": 3'))).toEqual({ kind: 'newer' });
  });
});

describe('parameters', () => {
  const { document } = samplePipeline();
  const step = document.jobs['split'];

  it('become fields with the widget that suits them', () => {
    if (!step) throw new Error('expected a step');
    const fields = parameterFields(step, component('azureml:split:1').component);
    expect(fields.map(({ name, label, widget, isRequired }) => ({ name, label, widget, isRequired }))).toEqual([
      { name: 'fraction', label: 'Fraction in first', widget: 'number', isRequired: false },
      { name: 'seed', label: 'seed', widget: 'number', isRequired: false },
    ]);
    expect(fields[1]?.content).toMatchObject({ kind: 'binding' });
  });

  it('read what is typed in the type they have, and keep what cannot be read', () => {
    expect(readTyped('0.75', { type: 'number' })).toBe(0.75);
    expect(readTyped(' 42 ', { type: 'integer' })).toBe(42);
    expect(readTyped('−3', { type: 'number' })).toBe(-3);
    expect(readTyped('lots', { type: 'number' })).toBe('lots');
    expect(readTyped('', { type: 'number' })).toBeUndefined();
    expect(readTyped('42', { type: 'string' })).toBe('42');
  });

  it('can be lifted to a pipeline input with type, range and value, and back', () => {
    const definition = component('azureml:split:1').component.inputs['fraction'];
    if (!definition) throw new Error('expected an input');
    const { ops, name } = promoteInput(document, { step: 'split', port: 'fraction' }, definition);
    const lifted = after(samplePipeline(), ops);
    expect(lifted.document.inputs[name]).toEqual({ type: 'number', min: 0, max: 1, default: 0.8 });
    expect(lifted.document.jobs['split']?.inputs['fraction']).toBe('${{parent.inputs.fraction}}');
    const renamed = after(lifted, renamePipelineInput(lifted.document, name, 'share'));
    expect(renamed.document.jobs['split']?.inputs['fraction']).toBe('${{parent.inputs.share}}');
    const removed = after(renamed, removePipelineInput(renamed.document, 'share'));
    expect(removed.document.inputs).toEqual({ seed: 42 });
    expect(removed.document.jobs['split']?.inputs['fraction']).toBeUndefined();
  });

  it('is filled under another name of an output by the same step, which keeps what it says of it', () => {
    const said = { op: 'step.setOutput' as const, step: 'split', output: 'first', value: { mode: 'upload', path: '${{parent.outputs.rows}}' } };
    const filled = after(samplePipeline(), [said, { op: 'pipeline.setOutput', output: 'rows', value: { type: 'mltable' } }]);
    const renamed = after(filled, renamePipelineOutput(filled.document, 'rows', 'table'));
    expect(renamed.document.outputs).toMatchObject({ table: { type: 'mltable' } });
    expect(renamed.document.outputs).not.toHaveProperty('rows');
    expect(renamed.document.jobs['split']?.outputs['first']).toEqual({ mode: 'upload', path: '${{parent.outputs.table}}' });
    expect(sourceOfOutput(renamed.document, 'table')).toEqual({ step: 'split', port: 'first' });
  });

  it('is read by other fields than inputs, too, and they follow its name', () => {
    const fields = {
      resources: { instance_count: '${{parent.inputs.seed}}', instance_type: 'x' },
      environment_variables: { SEED: 's${{ parent.inputs.seed }}' },
    };
    const own = Object.entries({ ...fields, compute: '${{parent.inputs.seeds}}' }).map(([field, value]): DraftOp => ({
      op: 'step.setField',
      step: 'split',
      field,
      value,
    }));
    const set = after(samplePipeline(), [...own, { op: 'step.add', step: 'own', value: { command: 'echo ${{parent.inputs.seed}}', inputs: {}, outputs: {} } }]);
    const readers = fieldsReading(set.document, 'seed');
    expect(readers).toEqual([
      { step: 'split', field: 'resources' },
      { step: 'split', field: 'environment_variables' },
    ]);
    const { document: renamed } = after(set, renamePipelineInput(set.document, 'seed', 'start'));
    expect(renamed.jobs['split']).toMatchObject({
      resources: { instance_count: '${{parent.inputs.start}}', instance_type: 'x' },
      environment_variables: { SEED: 's${{parent.inputs.start}}' },
      compute: '${{parent.inputs.seeds}}',
    });
  });

  it('outputs can be handed out by the pipeline', () => {
    const { ops, name } = promoteOutput(document, { step: 'train', port: 'model' }, 'mlflow_model');
    expect(sourceOfOutput(after(samplePipeline(), ops).document, name)).toEqual({ step: 'train', port: 'model' });
  });

  it('what a step says of an output is kept when the pipeline hands it out, and where it is put is said there', () => {
    const said = { mode: 'upload', name: 'cars', path: 'azureml://datastores/lake/paths/m' };
    const before = after(samplePipeline(), [{ op: 'step.setOutput', step: 'train', output: 'model', value: said }]);
    const { ops, name } = promoteOutput(before.document, { step: 'train', port: 'model' }, 'mlflow_model');
    const now = after(before, ops).document;
    expect(now.jobs['train']?.outputs['model']).toEqual({ mode: 'upload', name: 'cars', path: `\${{parent.outputs.${name}}}` });
    expect(now.outputs[name]).toEqual({ type: 'mlflow_model', path: said.path });
    const plain = after(samplePipeline(), promoteOutput(document, { step: 'train', port: 'model' }, 'mlflow_model').ops).document;
    expect(plain.jobs['train']?.outputs['model']).toBe('${{parent.outputs.model}}');
  });

  it('an output that is bound with a mode is the source, too, and keeps the mode when it is taken out', () => {
    const bound = after(samplePipeline(), [
      { op: 'pipeline.setOutput', output: 'all', value: null },
      { op: 'step.setOutput', step: 'train', output: 'model', value: { mode: 'upload', path: '${{parent.outputs.all}}' } },
    ]);
    expect(sourceOfOutput(bound.document, 'all')).toEqual({ step: 'train', port: 'model' });
    const { document: left } = after(bound, removePipelineOutput(bound.document, 'all'));
    expect(left.outputs).not.toHaveProperty('all');
    expect(left.jobs['train']?.outputs['model']).toEqual({ mode: 'upload' });
  });
});

describe('what changed since a run', () => {
  it('counts what could change a result, and not words or places', () => {
    const then = samplePipeline();
    const now = after(then, [
      { op: 'step.setField', step: 'import', field: 'display_name', value: 'Cars' },
      { op: 'step.setInput', step: 'split', input: 'fraction', value: 0.5 },
      { op: 'step.add', step: 'more', value: { command: 'true', inputs: {}, outputs: {} } },
    ]);
    const changes = createChangeFinder()(now.document, then.document);
    expect([...changes]).toEqual([
      ['split', 'changed'],
      ['more', 'added'],
    ]);
    expect(describeChanges(changes, 0)).toBe('1 step added, 1 changed since');
    expect(describeChanges(new Map(), 0)).toBe('');
  });
});

describe('the strip of a draft', () => {
  const ran: StepStrip = { status: 'completed', look: 'completed', word: 'Completed', detail: '193 × 25', isDetailCode: false, time: null };
  const planned = {
    key: 'import',
    displayName: 'Import',
    decision: 'run' as const,
    reasons: [{ code: 'data-changed' as const, text: 'data changed' }],
    donor: null,
    expectedMs: null,
  };
  const facts = plainStripFacts;

  it.each([
    ['its version before there is anything else', {}, 'version', 'version 1'],
    ['that its component is not known', { missing: 'split', planned }, 'missing', 'Component not found'],
    ['that its component is in a registry of Azure, calmly', { missing: 'split', isElsewhere: true, planned }, 'elsewhere', 'Azure registry'],
    ['what is wrong with a step of a registry', { missing: 'split', isElsewhere: true, problems: ['table'] }, 'problem', '1 problem'],
    ['what it will do', { planned }, 'will-run', 'Will run'],
    ['what it will reuse', { planned: { ...planned, decision: 'reuse' as const, donor: { run: '38', step: 'import' } } }, 'will-reuse', 'Will reuse'],
    ['what came of it', { run: { id: '42', strip: ran } }, 'completed', 'Completed'],
    ['that it changed since', { run: { id: '42', strip: ran }, change: 'changed' as const }, 'changed', 'Changed'],
    ['that it was added since', { run: { id: '42', strip: null }, change: 'added' as const }, 'not-run', 'Not run'],
    ['what is wrong before what came of it', { run: { id: '42', strip: ran }, problems: ['table'] }, 'problem', '1 problem'],
    ['that it is stale because of what is above it', { run: { id: '42', strip: ran }, planned, isStale: true }, 'will-run', 'Will run'],
    ['what came of it although it runs each time', { run: { id: '42', strip: ran }, planned }, 'completed', 'Completed'],
    [
      'what it is doing before what is wrong',
      { run: { id: '42', strip: { ...ran, status: 'running' as const, look: 'running' as const, word: 'Running' } }, problems: ['table'] },
      'running',
      'Running',
    ],
  ])('says %s', (_, change, look, word) => {
    expect(draftStrip({ ...facts, ...change })).toMatchObject({ look, word });
  });

  it('does not believe a plan that is older than the change', () => {
    const reuse = { ...planned, decision: 'reuse' as const };
    const strip = draftStrip({ ...facts, run: { id: '42', strip: ran }, change: 'changed', planned: reuse, isPlanCurrent: false });
    expect(strip).toMatchObject({ look: 'changed', detail: 'since run 42' });
  });
});

describe('search', () => {
  const score = (query: string, title: string) => matchScore(query, { title, words: 'tables rows' });
  it('finds by beginning, word, part and initials, the better the higher', () => {
    expect(score('split', 'Split data')).toBeGreaterThan(score('data', 'Split data'));
    expect(score('data', 'Split data')).toBeGreaterThan(score('plit', 'Split data'));
    expect(score('sd', 'Split data')).toBeGreaterThan(0);
    expect(score('rows', 'Split data')).toBeGreaterThan(0);
    expect(score('xyz', 'Split data')).toBe(0);
    expect(score('split xyz', 'Split data')).toBe(0);
  });
});

describe('problems', () => {
  it('come from here and from the disk, once each, the worst first', () => {
    const here = { severity: 'warning' as const, code: 'type-mismatch' as const, message: 'here' };
    const missing = { severity: 'error' as const, code: 'missing-file' as const, message: 'gone' };
    const stale = { severity: 'error' as const, code: 'missing-input' as const, message: 'known here' };
    expect(mergeProblems([here], [missing, missing, stale])).toEqual([missing, here]);
    const inside = { severity: 'error' as const, code: 'unknown-step' as const, message: 'x', step: 'outer/fit', file: '/p/outer.yml', line: 3, column: 5 };
    expect(mergeProblems([here], [stale, inside])).toEqual([inside, here]);
  });
});

describe('tidying', () => {
  const flow = createFlowMapper()({
    content: samplePipeline(),
    components: sampleComponents,
    selectedSteps: none,
    selectedEdges: none,
    areScalarsShown: false,
  });

  it('hands ELK the sizes, the ports and the edges', () => {
    const graph = toElkGraph(flow, { only: none });
    expect(graph.children).toHaveLength(4);
    expect(graph.edges?.[0]).toMatchObject({ sources: ['import.outputs.table'], targets: ['split.inputs.table'] });
    expect(toElkGraph(flow, { only: new Set(['split', 'train']) }).edges).toHaveLength(1);
  });

  it('keeps the top left corner where it was, and the grid', () => {
    const laid = {
      id: 'pipeline',
      children: [
        { id: 'a', x: 12, y: 12 },
        { id: 'b', x: 300.5, y: 130 },
      ],
    };
    const places = fromElkGraph(laid, { before: { a: { x: 800, y: 400 }, b: { x: 900, y: 900 } } });
    expect([...places]).toEqual([
      ['a', { x: 800, y: 400 }],
      ['b', { x: 1088, y: 520 }],
    ]);
    // A part of the pipeline stays around its middle.
    expect(fromElkGraph(laid, { before: { a: { x: 800, y: 400 }, b: { x: 900, y: 900 } }, isPart: true }).get('a')).toEqual({ x: 704, y: 592 });
  });
});
