import { MantineProvider, Modal } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { theme } from './theme.ts';

it('a dialog appears where it stands, so that no button moves between press and release', async () => {
  const page = (opened: boolean) => (
    <MantineProvider theme={theme}>
      <Modal opened={opened} onClose={() => {}} title="Ask" />
    </MantineProvider>
  );
  const { rerender } = render(page(false));
  rerender(page(true));
  await waitFor(() => expect(screen.getByRole('dialog').style).toMatchObject({ opacity: '0', transform: '' }));
  await waitFor(() => expect(screen.getByRole('dialog').style.opacity).toBe('1'));
});
