import { z } from 'zod';
import { create } from 'zustand';

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

const storageKey = 'pipewright.preferences';

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

export const usePreferences = create<PreferencesStore>()((set) => ({
  ...read(),
  setDensity: (density) => set({ density }),
  setPanelSize: (panel, size) => set((state) => ({ panelSizes: { ...state.panelSizes, [panel]: Math.round(size) } })),
  setPanelCollapsed: (panel, isCollapsed) => set((state) => ({ collapsedPanels: { ...state.collapsedPanels, [panel]: isCollapsed } })),
  hideFirstSteps: () => set({ areFirstStepsHidden: true }),
  takeFirstStep: (step) => set((state) => (state.firstSteps[step] ? state : { firstSteps: { ...state.firstSteps, [step]: true } })),
  togglePin: (component) =>
    set(({ pinnedComponents: pinned }) => ({
      pinnedComponents: pinned.includes(component) ? pinned.filter((other) => other !== component) : [...pinned, component],
    })),
  setQuickAddKey: (quickAddKey) => set({ quickAddKey }),
  setSnapping: (isSnapping) => set({ isSnapping }),
  seeNews: (seenNews) => set({ seenNews }),
  setShortcuts: (shortcuts) => set({ shortcuts }),
  setOwnName: (ownName) => set({ ownName }),
}));

usePreferences.subscribe((state) => {
  try {
    localStorage.setItem(storageKey, JSON.stringify(Preferences.parse(state)));
  } catch {
    // Storage is full or forbidden: the setting lasts as long as the page, which the person sees at the next visit.
  }
});

function read(): Preferences {
  try {
    return Preferences.catch(Preferences.parse({})).parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return Preferences.parse({});
  }
}
