// @vitest-environment node
import { readPipeline } from '@pipewright/shared/yaml/read-pipeline.ts';
import { writePipeline } from '@pipewright/shared/yaml/write-pipeline.ts';
import { applyChanges } from '@pipewright/shared/text/merge-texts.ts';
import { dose } from '@pipewright/shared/testing/dose.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEditorStore, type EditorStore } from '../store/create-editor-store.ts';
import { anyIntent, opsOf } from '../testing/edits-at-random.ts';
import { YamlSession } from './yaml-session.ts';

const text = `type: pipeline
display_name: Prices # as lists show it
inputs:
  seed: 42 # the answer
jobs:
  # loads the table
  load:
    command: python load.py
  train:
    command: python train.py
    inputs:
      table: \${{parent.jobs.load.outputs.table}}
`;

/** A session with an editor that shows it. */
function open(source = text): { store: EditorStore; session: YamlSession; shown: () => string; type: (from: string, to: string) => void } {
  const { content } = readPipeline(source);
  if (!content) throw new Error('expected a pipeline');
  return show(createEditorStore({ draftId: 'd', content: { ...content, text: source }, components: {} }));
}

function show(store: EditorStore): ReturnType<typeof open> {
  const session = new YamlSession(store);
  let shown = session.text;
  session.attach((changes) => (shown = applyChanges(shown, changes)));
  const type = (from: string, to: string): void => {
    if (!shown.includes(from)) throw new Error(`expected ${from} in ${shown}`);
    shown = shown.replace(from, () => to);
    session.edit(shown);
  };
  return { store, session, shown: () => shown, type };
}

const rest = (): void => void vi.advanceTimersByTime(400);
const jobsOf = ({ store }: { store: EditorStore }) => store.getState().content.document.jobs;
const lastOps = ({ store }: { store: EditorStore }) => store.getState().lastEdit?.ops.map(({ op }) => op);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('takes in a text that another window has left while this one is open and all read', () => {
  const at = open();
  at.store.getState().setUnreadText({ text: text.replace('seed: 42', 'seed: 7'), base: text });
  expect(at.shown()).toContain('seed: 7');
  expect(at.session.state.getState().kind).toBe('waiting');
  rest();
  expect(at.store.getState().content.document.inputs).toEqual({ seed: 7 });
  expect(at.store.getState().unreadText).toBeNull();
});

describe('what is typed', () => {
  it('becomes the least edit when the fingers rest, and one entry of the history', () => {
    const at = open();
    at.type('seed: 42', 'seed: 7');
    expect(at.store.getState().lastEdit).toBeNull();
    rest();
    expect(lastOps(at)).toEqual(['pipeline.setInput', 'text.splice']);
    at.type('load.py', 'load.py --fast');
    rest();
    expect(at.store.getState().undoEntries.map(({ label }) => label)).toEqual(['Edit the YAML']);
    expect(jobsOf(at)['load']?.command).toBe('python load.py --fast');
    at.store.getState().undo();
    vi.advanceTimersByTime(100);
    expect(at.shown()).toBe(text);
  });

  it('adds, renames and removes steps', () => {
    const at = open();
    at.type('  train:\n', '  fit:\n');
    rest();
    expect(lastOps(at)).toEqual(['step.rename', 'text.splice']);
    at.type('jobs:\n', 'jobs:\n  first:\n    command: echo hi\n');
    rest();
    expect(Object.keys(jobsOf(at))).toEqual(['first', 'load', 'fit']);
    at.type('  # loads the table\n  load:\n    command: python load.py\n', '');
    rest();
    expect(Object.keys(jobsOf(at))).toEqual(['first', 'fit']);
    // Others read it: their bindings stay, shown broken.
    expect(jobsOf(at)['fit']?.inputs['table']).toBe('${{parent.jobs.load.outputs.table}}');
  });

  it('is kept as it is written, comments alone too', () => {
    const at = open();
    at.type('# the answer', '# to everything');
    rest();
    expect(lastOps(at)).toEqual(['text.splice']);
    expect(writePipeline(at.store.getState().content)).toBe(text.replace('# the answer', '# to everything'));
  });

  it('that cannot be read changes nothing and is kept, until it can', () => {
    const at = open();
    at.type('    command: python load.py\n', '    command: python load.py\n    comput\n');
    expect(at.store.getState().unreadText).toMatchObject({ base: text });
    rest();
    expect(at.session.state.getState()).toMatchObject({ kind: 'unreadable', problems: [{ code: 'yaml-syntax', line: 9 }] });
    expect(at.store.getState().lastEdit).toBeNull();
    expect(at.store.getState().unreadText?.text).toContain('comput\n');
    at.type('comput\n', 'compute: local\n');
    rest();
    expect(at.session.state.getState()).toEqual({ kind: 'read' });
    expect(at.store.getState().unreadText).toBeNull();
    expect(jobsOf(at)['load']).toMatchObject({ compute: 'local' });
  });

  it.each([
    ['', 'the text is no pipeline', 'not-a-pipeline'],
    ['command: echo hi\n', 'a job of one step', 'not-a-pipeline'],
    [text.replace('  load:', '  my-load:'), 'a step with a name that is none', 'invalid-key'],
    [text.replace('command: python load.py', 'command: [1]'), 'a value of another kind', 'invalid-value'],
  ])('as %j stays unread: %s', (written, _why, code) => {
    const at = open();
    at.type(text, written);
    rest();
    expect(at.session.state.getState()).toMatchObject({ kind: 'unreadable', problems: [{ code, line: expect.any(Number) }] });
    expect(at.store.getState().content.text).toBe(text);
    at.session.discard();
    expect(at.shown()).toBe(text);
    expect(at.store.getState().unreadText).toBeNull();
  });

  it('is there again when the view is opened next, brought together with what was done meanwhile', () => {
    const first = open();
    first.type('python load.py', 'python load.py\n    comput');
    first.session[Symbol.dispose]();
    first.store.getState().edit([{ op: 'pipeline.setInput', input: 'seed', value: 1 }], { label: 'Set' });
    const second = show(first.store);
    expect(second.shown()).toContain('seed: 1 # the answer');
    expect(second.shown()).toContain('    comput\n');
    second.type('comput\n', 'compute: local\n');
    rest();
    expect(first.store.getState().content.document).toMatchObject({ inputs: { seed: 1 }, jobs: { load: { compute: 'local' } } });
  });

  it('is read at once when the view closes', () => {
    const at = open();
    at.type('seed: 42', 'seed: 7');
    at.session[Symbol.dispose]();
    expect(at.store.getState().content.document.inputs['seed']).toBe(7);
    expect(at.store.getState().unreadText).toBeNull();
  });

  it('keeps the line ends of its file', () => {
    const at = open(text.replaceAll('\n', '\r\n'));
    at.type('seed: 42', 'seed: 7');
    rest();
    expect(at.store.getState().content.text).toBe(text.replace('seed: 42', 'seed: 7').replaceAll('\n', '\r\n'));
  });
});

describe('what is done elsewhere', () => {
  it('changes its own lines of the text', () => {
    const at = open();
    at.store.getState().edit([{ op: 'step.setField', step: 'train', field: 'compute', value: 'local' }], { label: 'Set' });
    vi.advanceTimersByTime(100);
    expect(at.shown()).toBe(`${text}    compute: local\n`);
    expect(at.session.state.getState()).toEqual({ kind: 'read' });
  });

  it('does not disturb what is being typed', () => {
    const at = open();
    at.type('python load.py', 'python load.py --no');
    at.store.getState().edit([{ op: 'pipeline.setInput', input: 'seed', value: 1 }], { label: 'Set' });
    vi.advanceTimersByTime(100);
    expect(at.shown()).toContain('seed: 1 # the answer');
    expect(at.shown()).toContain('python load.py --no\n');
    rest();
    expect(at.store.getState().content.document).toMatchObject({ inputs: { seed: 1 }, jobs: { load: { command: 'python load.py --no' } } });
  });

  it('comes together with random edits of the text, whatever comes first', () => {
    const typed = fc.constantFrom(
      ['python load.py', 'python other.py'],
      ['seed: 42', 'seed: 7'],
      ['# the answer', '# mine'],
      ['jobs:\n', 'jobs:\n  typed:\n    command: echo hi\n'],
      ['display_name: Prices', 'display_name: Costs'],
      ['  load:\n', '  fetch:\n'],
      ['type: pipeline\n', ''],
    );
    const event = fc.oneof(
      fc.record({ kind: fc.constant('type' as const), typed }),
      fc.record({ kind: fc.constant('canvas' as const), intent: anyIntent }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(50, 100, 500) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const at = open();
        for (const each of events) {
          const [from = '', to = ''] = each.kind === 'type' ? each.typed : [];
          if (each.kind === 'wait') vi.advanceTimersByTime(each.ms);
          else if (each.kind === 'type' && at.shown().includes(from)) at.type(from, to);
          else if (each.kind === 'canvas') at.store.getState().edit(opsOf(at.store.getState().content, each.intent), { label: 'Edit' });
        }
        vi.advanceTimersByTime(2000);
        const { content } = at.store.getState();
        expect(at.session.text).toBe(at.shown());
        if (at.session.state.getState().kind !== 'read') return;
        // The text says the document, to the letter as it would be exported.
        expect(at.shown()).toBe(writePipeline(content));
        const again = readPipeline(at.shown());
        expect(again.content?.document).toEqual(content.document);
      }),
      dose(150),
    );
  });
});
