import {
  IconAdjustmentsHorizontal,
  IconCube,
  IconDatabase,
  IconHistory,
  IconHome,
  IconPackage,
  IconPuzzle,
  IconSitemap,
  type TablerIcon,
} from '@tabler/icons-react';

export interface Destination {
  readonly title: string;
  readonly path: string;
  readonly icon: TablerIcon;
  /** Pressed one after the other. */
  readonly keys: string;
  /** Paths of pages that belong under this one. */
  readonly owns: readonly string[];
}

/** The command that goes there. */
export const commandOf = ({ path }: Destination): string => `go.${path}`;

/** The places of the rail, in its order. */
export const destinations: readonly Destination[] = [
  { title: 'Home', path: '/', icon: IconHome, keys: 'G H', owns: [] },
  { title: 'Pipelines', path: '/pipelines', icon: IconSitemap, keys: 'G P', owns: ['/drafts', '/gallery'] },
  { title: 'Runs', path: '/runs', icon: IconHistory, keys: 'G R', owns: ['/tracked', '/compare'] },
  { title: 'Data', path: '/data', icon: IconDatabase, keys: 'G D', owns: [] },
  { title: 'Models', path: '/models', icon: IconCube, keys: 'G M', owns: [] },
  { title: 'Components', path: '/components', icon: IconPuzzle, keys: 'G C', owns: [] },
  { title: 'Environments', path: '/environments', icon: IconPackage, keys: 'G E', owns: [] },
];

export const settingsDestination: Destination = {
  title: 'Settings',
  path: '/settings',
  icon: IconAdjustmentsHorizontal,
  keys: 'G S',
  owns: [],
};
