import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';
import { useQueryParam, useSetQuery } from './use-query-param.ts';

const wrapper = ({ children }: { readonly children: ReactNode }) => <MemoryRouter initialEntries={['/?view=yaml&kept=1']}>{children}</MemoryRouter>;

function controls() {
  const hook = () => ({ view: useQueryParam('view'), run: useQueryParam('run'), kept: useQueryParam('kept'), set: useSetQuery() });
  const { result } = renderHook(hook, { wrapper });
  return { at: result, values: () => [result.current.view[0], result.current.run[0], result.current.kept[0]] };
}

it('keeps what another control has set a moment ago, before either is drawn', () => {
  const { at, values } = controls();
  expect(values()).toEqual(['yaml', '', '1']);
  act(() => {
    at.current.view[1]('');
    at.current.run[1]('open');
  });
  expect(values()).toEqual(['', 'open', '1']);
  act(() => at.current.view[1]('yaml'));
  act(() => at.current.run[1](''));
  expect(values()).toEqual(['yaml', '', '1']);
});

it('sets several at once and leaves the others, also before what was set by one or by several is drawn', () => {
  const { at, values } = controls();
  act(() => {
    at.current.kept[1]('2');
    at.current.set({ view: '', run: 'open' });
    at.current.kept[1]('3');
  });
  expect(values()).toEqual(['', 'open', '3']);
  act(() => {
    at.current.set({ view: 'design', run: '' });
    at.current.set({ kept: '' });
  });
  expect(values()).toEqual(['design', '', '']);
});
