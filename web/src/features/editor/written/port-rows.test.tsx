import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { PortRows } from './port-rows.tsx';
import { newPort, whatIsWrongWith } from './written-port.ts';

it('limits that are wrong stay in sight, whatever was folded', async () => {
  const port = { ...newPort('inputs', 'n', 'number'), min: '5', max: '3' };
  render(
    <MantineProvider env="test">
      <PortRows side="inputs" ports={[port]} wrong={[whatIsWrongWith(port, [port])]} onChange={() => {}} />
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Limits and choices' }));
  expect(screen.getByRole('textbox', { name: 'Most of n' })).toBeTruthy();
  expect(screen.getByText('Less than the least')).toBeTruthy();
});
