import { expect, it } from 'vitest';
import { draftHref, type LinkTarget, readLinkTarget } from './draft-links.ts';

const targets: readonly LinkTarget[] = [
  { steps: ['train'], port: null },
  { steps: ['outer/inner', 'score'], port: null },
  { steps: ['train'], port: { step: 'train', side: 'outputs', port: 'model.best' } },
  { steps: ['outer/inner'], port: { step: 'outer/inner', side: 'inputs', port: 'table' } },
];

it.each(targets)('a link leads to what it was made of: $steps', (target) => {
  const { searchParams } = new URL(draftHref('d', target), 'http://here');
  expect(readLinkTarget({ step: searchParams.get('step') ?? '', port: searchParams.get('port') ?? '' })).toEqual(target);
});

it('a link without a step is to the draft', () => {
  expect(draftHref('d', { steps: [], port: null })).toBe('/drafts/d');
  expect(readLinkTarget({ step: '', port: '' })).toBeNull();
  expect(readLinkTarget({ step: '', port: 'nonsense' })).toBeNull();
});
