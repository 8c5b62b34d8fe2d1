import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { expect, it } from 'vitest';
import { useQueryParam } from './use-query-param.ts';

const wrapper = ({ children }: { readonly children: ReactNode }) => <MemoryRouter initialEntries={['/?view=yaml&kept=1']}>{children}</MemoryRouter>;

it('keeps what another control has set a moment ago, before either is drawn', () => {
  const { result } = renderHook(() => ({ view: useQueryParam('view'), run: useQueryParam('run'), kept: useQueryParam('kept') }), { wrapper });
  const values = () => [result.current.view[0], result.current.run[0], result.current.kept[0]];
  expect(values()).toEqual(['yaml', '', '1']);
  act(() => {
    result.current.view[1]('');
    result.current.run[1]('open');
  });
  expect(values()).toEqual(['', 'open', '1']);
  act(() => result.current.view[1]('yaml'));
  act(() => result.current.run[1](''));
  expect(values()).toEqual(['yaml', '', '1']);
});
