import type { StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Geometry from '../../../canvas/geometry.ts';
import type * as StepStrip from '../../../canvas/step-strip.ts';
import { longPipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import { moveSteps } from '../model/move-steps.ts';
import type { Editor } from '../store/editor-context.tsx';
import { openEditor, renderInEditor } from '../testing/render-in-editor.tsx';
import { EditorCanvas } from './editor-canvas.tsx';

/** What is called once in every rendering of a node, and of an edge: a wrapper around the real thing counts. */
const rendered = vi.hoisted(() => ({ nodes: 0, edges: 0 }));
vi.mock('../../../canvas/step-strip.ts', async (original) => {
  const real = await original<typeof StepStrip>();
  return { ...real, sayStrip: (...args: Parameters<typeof real.sayStrip>) => ((rendered.nodes += 1), real.sayStrip(...args)) };
});
vi.mock('../../../canvas/geometry.ts', async (original) => {
  const real = await original<typeof Geometry>();
  return { ...real, edgePath: (...args: Parameters<typeof real.edgePath>) => ((rendered.edges += 1), real.edgePath(...args)) };
});

const stepCount = 200;
let editor: Editor;

// Drawing so many takes its time without a browser.
beforeEach(async () => {
  editor = await openEditor(longPipeline(stepCount));
  await act(async () => void renderInEditor(editor, <EditorCanvas />));
  Object.assign(rendered, { nodes: 0, edges: 0 });
}, 60_000);
afterEach(() => editor.saver[Symbol.dispose]());

describe('a canvas of 200 steps', () => {
  it('renders one node and its edges for a step of a drag', async () => {
    expect(document.querySelectorAll('[data-step]')).toHaveLength(stepCount);
    expect(document.querySelectorAll('[data-edge]')).toHaveLength(stepCount - 1);
    for (const x of [8, 16, 24]) {
      const { content, edit } = editor.store.getState();
      await act(async () => void edit(moveSteps(content, new Map([['s100', { x, y: 40 }]])), { label: 'Move', gesture: 'drag:1', pace: 'typing' }));
    }
    expect(rendered).toEqual({ nodes: 3, edges: 6 });
  });

  it('renders two nodes when the selection goes from one to the other', async () => {
    await act(async () => editor.store.getState().select({ steps: ['s1'] }));
    Object.assign(rendered, { nodes: 0, edges: 0 });
    await act(async () => editor.store.getState().select({ steps: ['s2'] }));
    expect(rendered).toEqual({ nodes: 2, edges: 0 });
  });

  it('renders the steps that a batch of statuses is about, and their edges', async () => {
    await act(async () => editor.store.getState().attachRun('7'));
    Object.assign(rendered, { nodes: 0, edges: 0 });
    const steps = Object.fromEntries(['s10', 's50', 's90'].map((key) => [key, running(key)]));
    await act(async () => runStoreOf('7').setState((view) => ({ steps: { ...view.steps, ...steps } })));
    expect(rendered).toEqual({ nodes: 3, edges: 6 });
    expect(document.querySelector('[data-step=s50]')?.getAttribute('data-status')).toBe('running' satisfies StepStatus);
  });

  it('renders the node whose parameter is set, and no other', async () => {
    await act(async () => void editor.store.getState().edit([{ op: 'step.setInput', step: 's20', input: 'fraction', value: 0.5 }], { label: 'Set' }));
    expect(rendered).toEqual({ nodes: 1, edges: 0 });
    expect(document.querySelector('[data-step=s20]')?.textContent).toContain('0.5');
  });
});

function running(key: string): StepRun {
  return { key, attempts: 1, notes: [], decision: 'run', reasons: [], fingerprint: 'f', status: 'running', startedAt: '2026-01-01T00:00:00.000Z' };
}
