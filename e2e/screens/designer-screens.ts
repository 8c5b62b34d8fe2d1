import { choose, command, designer, page, press, type Screen } from './screen.ts';
import type { Workspace } from './workspace.ts';

const fresh = ({ freshDraft }: Workspace): string => freshDraft;
const finished = ({ draftWithRun }: Workspace): string => draftWithRun;
const grouped = ({ groupedDraft }: Workspace): string => groupedDraft;
const aside = ({ asideDraft }: Workspace): string => asideDraft;
const wrong = ({ wrongDraft }: Workspace): string => wrongDraft;
const palette = (name: string, words: string): Screen =>
  designer(name, fresh, async (on) => {
    await press('Control+k')(on);
    await on.page.keyboard.type(words);
  });

/** The canvas, what lies over it and what stands beside it. */
export const designerScreens: readonly Screen[] = [
  designer('designer-empty', ({ emptyDraft }) => emptyDraft),
  designer('designer-fresh', fresh),
  designer('designer-step', fresh, async (on) => await on.step('split_data').click()),
  designer('designer-quick-add', fresh, press('Tab')),
  designer('designer-find', fresh, press('Control+f')),
  designer('designer-palette', fresh, press('Control+k')),
  palette('designer-palette-words', 'mod'),
  palette('designer-palette-none', 'zzzz'),
  designer('designer-shortcuts', fresh, press('Shift+?')),
  designer('designer-shortcuts-key', fresh, async (on) => {
    await press('Shift+?')(on);
    await on.page.keyboard.type('tidy the');
    await on.page.getByRole('button', { name: /^Tidy the layout: .*, change/ }).click();
    await on.page.keyboard.press('Alt+a');
  }),
  designer('designer-menu', fresh, async (on) => await on.step('split_data').click({ button: 'right' })),
  designer('designer-run-dialog', fresh, async (on) => await on.runButton.click()),
  designer('designer-yaml', fresh, async (on) => await choose(on.page, 'YAML')),
  designer('designer-outline', fresh, press('Control+Shift+o')),
  designer('designer-connect', fresh, async (on) => {
    await on.step('split_data').click();
    await on.page.keyboard.press('c');
  }),
  designer('designer-runs', finished, async (on) => await choose(on.page, 'Runs')),
  designer('designer-finished', finished),
  designer('designer-finished-step', finished, async (on) => await on.step('score_model').click()),
  designer(
    'designer-failed',
    ({ failedDraft }) => failedDraft,
    async (on) => await on.step('fails').click(),
  ),
  page('designer-preview', ({ draftWithRun }) => `/drafts/${draftWithRun}?preview=score_model.scored`),
  designer('designer-problems', wrong, async (on) => await on.page.getByRole('button', { name: /^Problems/ }).click()),
  designer('designer-problems-step', wrong, async (on) => await on.step('split').click()),
  designer('designer-problems-toast', wrong, async (on) => {
    await on.page.getByRole('button', { name: /^Problems/ }).click();
    await on.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await on.step('split').click();
    await on.page.keyboard.press('l');
  }),
  designer('designer-groups', grouped),
  designer('designer-group-folded', grouped, async (on) => {
    await on.step('clean').click();
    await on.page.keyboard.press('Alt+ArrowUp');
    await on.page.keyboard.press('e');
  }),
  designer('designer-note', grouped, async (on) => await on.page.locator('[data-note]').first().click()),
  designer('designer-note-written', grouped, async (on) => await on.page.locator('[data-note]').first().dblclick()),
  designer('designer-several', grouped, press('Control+a')),
  designer('designer-aside', aside),
  ...['disabled', 'bypassed', 'pinned', 'needing'].map((key) => designer(`designer-aside-${key}`, aside, async (on) => await on.step(key).click())),
  designer('designer-aside-run', aside, async (on) => await on.runButton.click()),
  designer('designer-history', fresh, press('h')),
  designer('designer-save-version', fresh, press('Control+s')),
  designer('designer-versions', finished, async (on) => {
    await press('h')(on);
    await choose(on.page, 'Versions');
  }),
  designer('designer-replace', fresh, async (on) => {
    await on.step('split_data').click();
    await command(on.page, 'replace component');
  }),
  ...['build', 'reuse', 'safe'].map((tour) => page(`tour-${tour}`, ({ draftWithRun }) => `/drafts/${draftWithRun}?tour=${tour}`)),
  page(
    'tour-reuse-2',
    ({ draftWithRun }) => `/drafts/${draftWithRun}?tour=reuse`,
    async (at) => await at.getByRole('button', { name: /^(?:Next|Skip)$/ }).click(),
  ),
];
