import { z } from 'zod';
import { create } from 'zustand';
import { createKeptStore } from './kept-store.ts';

const Density = z.enum(['compact', 'cosy', 'comfortable']);
export type Density = z.infer<typeof Density>;

export const densities: readonly { readonly value: Density; readonly label: string }[] = [
  { value: 'compact', label: 'Compact' },
  { value: 'cosy', label: 'Cosy' },
  { value: 'comfortable', label: 'Comfortable' },
];

const QuickAddKey = z.enum(['tab', 'space', 'both']);
export type QuickAddKey = z.infer<typeof QuickAddKey>;

/** What a person sets for this browser. Everything has a value, also when an older page wrote less. */
const Preferences = z.object({
  density: Density.catch('cosy'),
  /** Width or height of a panel by its name, in pixels. */
  panelSizes: z.record(z.string(), z.number()).catch({}),
  collapsedPanels: z.record(z.string(), z.boolean()).catch({}),
  areFirstStepsHidden: z.boolean().catch(false),
  /** First steps taken, by name. */
  firstSteps: z.record(z.string(), z.boolean()).catch({}),
  /** Components that come first wherever one is chosen, by name: another version is the same one. */
  pinnedComponents: z.array(z.string()).catch([]),
  /** What opens the quick add on the canvas. */
  quickAddKey: QuickAddKey.catch('tab'),
  /** Steps that are dragged keep to the grid of the paper. */
  isSnapping: z.boolean().catch(true),
  /** What is new, as far as it was looked at. */
  seenNews: z.string().catch(''),
  /** Keys of one's own by command (`ui/commands/own-keys.ts`); empty where a command is to have none. */
  shortcuts: z.record(z.string(), z.string()).catch({}),
  /** What the person at this browser is called, where the name of the server's settings is somebody else's. */
  ownName: z.string().trim().max(80).catch(''),
});
type Preferences = z.infer<typeof Preferences>;

const useKept = createKeptStore<Preferences>({ key: 'pipewright.preferences', of: 'browser', schema: Preferences, empty: Preferences.parse({}) });

/** Whether they outlive the page. */
export const useArePreferencesKept = (): boolean => useKept(({ isKept }) => isKept);

interface PreferencesStore extends Preferences {
  readonly setDensity: (density: Density) => void;
  readonly setPanelSize: (panel: string, size: number) => void;
  readonly setPanelCollapsed: (panel: string, isCollapsed: boolean) => void;
  readonly hideFirstSteps: () => void;
  readonly takeFirstStep: (step: string) => void;
  readonly togglePin: (component: string) => void;
  readonly setQuickAddKey: (key: QuickAddKey) => void;
  readonly setSnapping: (isSnapping: boolean) => void;
  readonly seeNews: (id: string) => void;
  readonly setShortcuts: (shortcuts: Readonly<Record<string, string>>) => void;
  readonly setOwnName: (name: string) => void;
}

export const usePreferences = create<PreferencesStore>()((_set, get) => ({
  ...useKept.getState().value,
  setDensity: (density) => put({ density }),
  setPanelSize: (panel, size) => putIn('panelSizes', panel, Math.round(size)),
  setPanelCollapsed: (panel, isCollapsed) => putIn('collapsedPanels', panel, isCollapsed),
  hideFirstSteps: () => put({ areFirstStepsHidden: true }),
  takeFirstStep: (step) => {
    if (get().firstSteps[step] !== true) putIn('firstSteps', step, true);
  },
  togglePin: (component) => {
    const isPinned = get().pinnedComponents.includes(component);
    useKept.change(`pin ${component}`, (kept) => {
      const others = kept.pinnedComponents.filter((other) => other !== component);
      return { ...kept, pinnedComponents: isPinned ? others : [...others, component] };
    });
  },
  setQuickAddKey: (quickAddKey) => put({ quickAddKey }),
  setSnapping: (isSnapping) => put({ isSnapping }),
  seeNews: (seenNews) => put({ seenNews }),
  setShortcuts: (shortcuts) => put({ shortcuts: { ...shortcuts } }),
  setOwnName: (ownName) => put({ ownName }),
}));

useKept.subscribe(({ value }, before) => value !== before.value && usePreferences.setState(value));

function put(next: Partial<Preferences>): void {
  useKept.change(Object.keys(next).join(), (kept) => ({ ...kept, ...next }));
}

type NamedPreferences = Pick<Preferences, 'panelSizes' | 'collapsedPanels' | 'firstSteps'>;

function putIn<K extends keyof NamedPreferences>(field: K, name: string, value: NamedPreferences[K][string]): void {
  useKept.change(`${field} ${name}`, (kept) => ({ ...kept, [field]: { ...kept[field], [name]: value } }));
}
