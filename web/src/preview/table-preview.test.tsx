import type { OutputAddress } from '../api/step-runs.ts';
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { startTestBackend } from '../testing/test-backend.ts';
import type { TableRows } from './table-facts.ts';
import { TablePreview } from './table-preview.tsx';

const output: OutputAddress = { run: '7', step: 'split', port: 'first', path: '' };
const table = (more: Partial<TableRows> = {}): TableRows => ({
  kind: 'table',
  rowCount: 1,
  isEstimate: false,
  matchCount: 1,
  columns: [{ name: 'city', type: 'VARCHAR', kind: 'text' }],
  columnCount: 1,
  offset: 0,
  rows: [['New York']],
  remark: null,
  ...more,
});

/** The table on a page; each view of its rows that the server was asked for. */
async function show(whole: TableRows) {
  const asked: unknown[] = [];
  const backend = await startTestBackend(({ query }) => {
    if (query.get('view') !== 'preview') return { kind: 'profile', rowCount: whole.rowCount, sampledRows: null, columns: [] };
    asked.push(JSON.parse(query.get('table') ?? '{}'));
    return whole;
  });
  await renderPage({ backend, at: '/', routes: { '/': <TablePreview whole={whole} output={output} form="full" /> } });
  await waitFor(() => expect(asked).toHaveLength(1));
  return asked;
}

it('keeps what is typed into the search as it is typed, also while the answer comes', async () => {
  const asked = await show(table());
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Search all columns' });
  await userEvent.type(field, 'New ');
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ search: 'New' }));
  await userEvent.type(field, 'York');
  expect(field.value).toBe('New York');
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ search: 'New York' }));
  await userEvent.click(screen.getByRole('button', { name: /^Remove the filter/ }));
  expect(field.value).toBe('');
});

it('asks for columns of a wide table by a name once it is typed', async () => {
  const asked = await show(table({ columnCount: 5000 }));
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Filter columns' });
  await userEvent.type(field, 'price');
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ columnsLike: 'price' }));
  expect([field.value, asked.length]).toEqual(['price', 2]);
});

it('says which rows cannot be scrolled to', async () => {
  await show(table({ rowCount: 2_000_000, matchCount: 1_000_000 }));
  expect(screen.getByText(/of 1,000,000 that fit, of 2,000,000; the scroll bar reaches 555,555, sort or filter for the others$/)).toBeTruthy();
});

it('counts about until the whole table has been read, and then asks again', async () => {
  const about = table({ rowCount: 990, matchCount: 990, isEstimate: true });
  const whole = table({ rowCount: 1000, matchCount: 1000 });
  const show = async (canBeRead: boolean) => {
    let isRead = false;
    const backend = await startTestBackend(({ query }) => {
      if (query.get('view') === 'preview') return isRead ? whole : about;
      isRead = canBeRead;
      return canBeRead ? { kind: 'profile', rowCount: 1000, sampledRows: null, columns: [] } : undefined;
    });
    return await renderPage({ backend, at: '/', routes: { '/': <TablePreview whole={about} output={output} form="full" /> } });
  };
  await show(false);
  expect(await screen.findByText(/of about 990$/)).toBeTruthy();
  cleanup();
  await show(true);
  expect(await screen.findByText(/of 1,000$/)).toBeTruthy();
});
