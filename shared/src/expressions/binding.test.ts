import { describe, expect, it } from 'vitest';
import { bindingsIn, formatBinding, parseBinding, rewriteBindings } from './binding.ts';

describe('parseBinding', () => {
  it.each([
    ['${{parent.inputs.seed}}', { source: 'pipeline-input', name: 'seed' }],
    ['${{ parent.jobs.prep.outputs.data }}', { source: 'step-output', step: 'prep', name: 'data' }],
    ['${{parent.jobs.prep.inputs.rate}}', { source: 'step-input', step: 'prep', name: 'rate' }],
    ['${{parent.outputs.model}}', { source: 'pipeline-output', name: 'model' }],
    ['${{inputs.seed}}', { source: 'pipeline-input', name: 'seed' }],
    ['${{jobs.prep.outputs.data}}', { source: 'step-output', step: 'prep', name: 'data' }],
    ['${{parent.inputs.group.sub.key}}', { source: 'pipeline-input', name: 'group.sub.key' }],
  ])('reads %s', (text, binding) => {
    expect(parseBinding(text)).toEqual(binding);
  });

  it.each(['plain', '${{parent.inputs.a}} and more', '${{}}', '${{parent.jobs.a}}', '${{parent.inputs.a', '${{a b}}'])('does not take %s for one', (text) => {
    expect(parseBinding(text)).toBeNull();
  });

  it('is written as it is read', () => {
    const text = '${{parent.jobs.prep.outputs.data}}';
    const binding = parseBinding(text);
    expect(binding && formatBinding(binding)).toBe(text);
  });
});

describe('bindingsIn', () => {
  it('tells where each stands', () => {
    const text = 'a ${{parent.inputs.x}}-${{parent.jobs.s.outputs.y}}';
    expect(bindingsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(['${{parent.inputs.x}}', '${{parent.jobs.s.outputs.y}}']);
  });

  it('rewrites only what it is asked to', () => {
    const renamed = rewriteBindings('${{parent.jobs.a.outputs.x}} ${{parent.jobs.b.outputs.x}} ${{name}}', (binding) =>
      'step' in binding && binding.step === 'a' ? { ...binding, step: 'c' } : binding,
    );
    expect(renamed).toBe('${{parent.jobs.c.outputs.x}} ${{parent.jobs.b.outputs.x}} ${{name}}');
  });
});
