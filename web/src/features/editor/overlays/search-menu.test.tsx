import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeAll, expect, it, vi } from 'vitest';
import { SearchMenu } from './search-menu.tsx';

// The browser of these tests draws nothing, so there is nothing to scroll.
beforeAll(() => void (Element.prototype.scrollIntoView ??= () => {}));

interface MenuProps {
  readonly items: readonly string[] | null;
  readonly onChoose: (id: string) => void;
}

/** A menu of items that are there or on their way. */
function Menu({ items, onChoose }: MenuProps) {
  const [query, setQuery] = useState('');
  const found = (items ?? []).filter((item) => item.includes(query));
  return (
    <MantineProvider env="test">
      <SearchMenu
        label="Add a step"
        placeholder="Search"
        at={{ x: 0, y: 0 }}
        groups={[{ title: null, items: found.map((id) => ({ id, content: id })) }]}
        query={query}
        onQuery={setQuery}
        onChoose={onChoose}
        onClose={() => {}}
        nothing="Nothing"
        isLoading={items === null}
      />
      <button type="button">elsewhere</button>
    </MantineProvider>
  );
}

const search = () => screen.getByRole('combobox', { name: 'Add a step' });

it('takes with Enter the first that is found, also where it comes only then', async () => {
  const onChoose = vi.fn<(id: string) => void>();
  const { rerender } = render(<Menu items={null} onChoose={onChoose} />);
  await userEvent.type(search(), 'sp{Enter}');
  expect(onChoose).not.toHaveBeenCalled();
  rerender(<Menu items={['join', 'split']} onChoose={onChoose} />);
  expect(onChoose.mock.calls).toEqual([['split']]);
  await userEvent.type(search(), '{Enter}');
  expect(onChoose.mock.calls).toEqual([['split'], ['split']]);
});

it('takes nothing when the search is left by then', async () => {
  const onChoose = vi.fn<(id: string) => void>();
  const { rerender } = render(<Menu items={null} onChoose={onChoose} />);
  await userEvent.type(search(), 'sp{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'elsewhere' }));
  rerender(<Menu items={['join', 'split']} onChoose={onChoose} />);
  expect(onChoose).not.toHaveBeenCalled();
});
