import { IconCommand, IconCube, IconDatabase, IconHistory, IconLayoutGrid, IconPuzzle, IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { assetsQuery } from '../../api/assets.ts';
import { componentsQuery, newestComponents, titleOfComponent } from '../../api/components.ts';
import { draftsQuery } from '../../api/drafts.ts';
import { galleryQuery } from '../../api/gallery.ts';
import { recentRunsQuery } from '../../api/runs.ts';
import { useListedCommands } from '../../ui/commands/use-listed-commands.ts';
import { useThingRegistry } from '../../ui/commands/things.ts';
import { countOf } from '../../ui/format/number.ts';
import { statusWord } from '../../ui/status/status-looks.ts';
import type { PaletteEntry } from './palette-entry.ts';

/** Everything that can be done here and opened anywhere. Asked for only while the palette is open. */
export function usePaletteEntries(isOpen: boolean): PaletteEntry[] {
  const commands = useListedCommands();
  const places = useWorkspaceEntries(isOpen);
  const actions = commands.filter((command) => command.id !== 'shell.palette').map((command) => ({ ...command, detail: undefined, icon: IconCommand }));
  const lists = useThingRegistry((state) => state.lists);
  const things = useMemo(() => (isOpen ? [...lists.values()].flatMap((list) => list()) : []), [isOpen, lists]);
  return [...actions, ...things, ...places];
}

function useWorkspaceEntries(enabled: boolean): PaletteEntry[] {
  const navigate = useNavigate();
  const drafts = useQuery({ ...draftsQuery(), enabled }).data ?? [];
  const runs = useQuery({ ...recentRunsQuery(), enabled }).data ?? [];
  const gallery = useQuery({ ...galleryQuery(), enabled }).data ?? [];
  const components = newestComponents(useQuery({ ...componentsQuery(), enabled }).data ?? []);
  const data = useQuery({ ...assetsQuery('data'), enabled }).data ?? [];
  const models = useQuery({ ...assetsQuery('models'), enabled }).data ?? [];
  const to = (path: string) => () => void navigate(path);
  return [
    ...drafts.map(({ id, name, stepCount }) => ({
      id: `draft:${id}`,
      title: name,
      group: 'Drafts',
      detail: countOf(stepCount, 'step'),
      icon: IconSitemap,
      run: to(`/drafts/${id}`),
    })),
    ...runs.map(({ id, name, status }) => ({
      id: `run:${id}`,
      title: `Run ${id} · ${name}`,
      group: 'Runs',
      detail: statusWord(status),
      icon: IconHistory,
      run: to(`/runs/${id}`),
    })),
    ...gallery.map(({ name, displayName, description }) => ({
      id: `gallery:${name}`,
      title: displayName,
      group: 'Gallery',
      detail: description,
      icon: IconLayoutGrid,
      run: to(`/gallery?show=${encodeURIComponent(name)}`),
    })),
    ...components.map((component) => ({
      id: `component:${component.reference}`,
      title: titleOfComponent(component),
      group: 'Components',
      detail: component.name,
      icon: IconPuzzle,
      run: to(`/components/${encodeURIComponent(component.name)}`),
    })),
    ...data.map(({ name, version }) => ({
      id: `data:${name}:${version}`,
      title: name,
      group: 'Data',
      detail: `version ${version}`,
      icon: IconDatabase,
      run: to(`/data/${encodeURIComponent(name)}?version=${encodeURIComponent(version)}`),
    })),
    ...models.map(({ name, version }) => ({
      id: `model:${name}:${version}`,
      title: name,
      group: 'Models',
      detail: `version ${version}`,
      icon: IconCube,
      run: to(`/models/${encodeURIComponent(name)}?version=${encodeURIComponent(version)}`),
    })),
  ];
}
