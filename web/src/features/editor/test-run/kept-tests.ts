import { create } from 'zustand';

/** What was said of the last test of a component, and the run that it was. */
export interface KeptTest {
  /** The earlier run that the values are from: null: none; undefined: the likeliest. */
  readonly from?: string | null;
  /** What was typed or chosen, by input. */
  readonly chosen: Readonly<Record<string, string>>;
  /** Null: not tried yet. */
  readonly run: string | null;
  /** What that run tried, as canonical JSON. */
  readonly tried?: string;
}

interface KeptTests {
  readonly byComponent: Readonly<Record<string, KeptTest>>;
  readonly keep: (component: string, change: Partial<KeptTest>) => void;
  readonly forget: (component: string) => void;
}

const none: KeptTest = { chosen: {}, run: null };

/** As long as the page is open, so that going back to the code and testing again begins where it was left. */
export const useKeptTests = create<KeptTests>()((set) => ({
  byComponent: {},
  keep: (component, change) => set(({ byComponent }) => ({ byComponent: { ...byComponent, [component]: { ...(byComponent[component] ?? none), ...change } } })),
  forget: (component) => set(({ byComponent: { [component]: _done, ...others } }) => ({ byComponent: others })),
}));

export const useKeptTest = (component: string): KeptTest => useKeptTests(({ byComponent }) => byComponent[component] ?? none);

/** By what the test of a Python step is remembered that is not made yet. */
export const idOfTest = (draft: string): string => `${draft} new`;
