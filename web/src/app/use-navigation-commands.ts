import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useCommands } from '../ui/commands/use-commands.ts';
import { destinations, settingsDestination } from './destinations.ts';

/** Every place of the product, and the theme, by name. */
export function useNavigationCommands(): void {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  useCommands('navigation', [
    ...[...destinations, settingsDestination].map(({ title, path, keys }) => ({
      id: `go.${path}`,
      title: `Go to ${title.toLowerCase()}`,
      group: 'Go to',
      keys,
      run: () => void navigate(path),
    })),
    { id: 'go./gallery', title: 'Go to the gallery', group: 'Go to', keys: 'G G', keywords: 'samples templates', run: () => void navigate('/gallery') },
    { id: 'theme.light', title: 'Light theme', group: 'View', run: () => setColorScheme('light') },
    { id: 'theme.dark', title: 'Dark theme', group: 'View', run: () => setColorScheme('dark') },
    { id: 'theme.system', title: 'Theme of the system', group: 'View', run: () => setColorScheme('auto') },
  ]);
}
