import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef } from 'react';
import { expect, it, vi } from 'vitest';
import { usePaletteSearch } from './use-palette-search.ts';

interface PaletteProps {
  readonly items: readonly string[] | null;
  readonly onAdd: (item: string) => void;
}

/** A list that is there or on its way, and its search. */
function Palette({ items, onAdd }: PaletteProps) {
  const list = useRef<HTMLDivElement>(null);
  const { query, setQuery, onKeyDown, onBlur } = usePaletteSearch(list, items === null);
  return (
    <div ref={list}>
      <input aria-label="Search" value={query} onChange={(event) => setQuery(event.currentTarget.value)} onKeyDown={onKeyDown} onBlur={onBlur} />
      {items
        ?.filter((item) => item.includes(query))
        .map((item) => (
          <button key={item} type="button" data-palette-item onClick={() => onAdd(item)}>
            {item}
          </button>
        ))}
    </div>
  );
}

const items = ['join', 'split'];
const type = async (text: string): Promise<void> => await userEvent.type(screen.getByRole('textbox', { name: 'Search' }), text);

it('takes with Enter the first that is found', async () => {
  const onAdd = vi.fn<(item: string) => void>();
  render(<Palette items={items} onAdd={onAdd} />);
  await type('sp{Enter}');
  expect(onAdd.mock.calls).toEqual([['split']]);
});

it('takes it when the list comes, where Enter was pressed before', async () => {
  const onAdd = vi.fn<(item: string) => void>();
  const { rerender } = render(<Palette items={null} onAdd={onAdd} />);
  await type('sp{Enter}');
  expect(onAdd).not.toHaveBeenCalled();
  rerender(<Palette items={items} onAdd={onAdd} />);
  rerender(<Palette items={[...items]} onAdd={onAdd} />);
  expect(onAdd.mock.calls).toEqual([['split']]);
});

it('takes nothing when something else is searched for by then', async () => {
  const onAdd = vi.fn<(item: string) => void>();
  const { rerender } = render(<Palette items={null} onAdd={onAdd} />);
  await type('sp{Enter}l');
  rerender(<Palette items={items} onAdd={onAdd} />);
  expect(onAdd).not.toHaveBeenCalled();
});

it('takes nothing when the search is left by then', async () => {
  const onAdd = vi.fn<(item: string) => void>();
  const { rerender } = render(<Palette items={null} onAdd={onAdd} />);
  await type('sp{Enter}');
  await userEvent.tab();
  rerender(<Palette items={items} onAdd={onAdd} />);
  expect(onAdd).not.toHaveBeenCalled();
});
