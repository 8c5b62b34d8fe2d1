import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useCommands } from '../ui/commands/use-commands.ts';
import { densities, usePreferences } from '../ui/preferences.ts';
import { commandOf, destinations, settingsDestination } from './destinations.ts';

/** Every place of the product, and the theme, by name. */
export function useNavigationCommands(): void {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const setDensity = usePreferences((state) => state.setDensity);
  useCommands('navigation', [
    ...[...destinations, settingsDestination].map((destination) => ({
      id: commandOf(destination),
      title: `Go to ${destination.title.toLowerCase()}`,
      group: 'Go to',
      keys: destination.keys,
      run: () => void navigate(destination.path),
    })),
    { id: 'go./gallery', title: 'Go to the gallery', group: 'Go to', keys: 'G G', keywords: 'samples templates', run: () => void navigate('/gallery') },
    { id: 'theme.light', title: 'Light theme', group: 'View', run: () => setColorScheme('light') },
    { id: 'theme.dark', title: 'Dark theme', group: 'View', run: () => setColorScheme('dark') },
    ...densities.map(({ value, label }) => ({
      id: `density.${value}`,
      title: `${label} density`,
      group: 'View',
      keywords: 'setting spacing rows controls',
      run: () => setDensity(value),
    })),
    { id: 'theme.system', title: 'Theme of the system', group: 'View', run: () => setColorScheme('auto') },
  ]);
}
