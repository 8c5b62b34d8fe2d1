interface TourStep {
  /** Where one looks or acts; null: nowhere in particular. */
  readonly target: string | null;
  readonly title: string;
  readonly text: string;
  /** What is on the page once it has been done: then the tour goes on by itself. */
  readonly until?: string;
}

export interface Tour {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** What it needs to stand on: an empty draft, or a sample that is cloned for it. */
  readonly begin: 'empty' | 'sample';
  readonly steps: readonly TourStep[];
}

const canvas = '[data-canvas]';
const inspector = 'aside[data-side="right"]';
const run = '[data-tour="run"]';

/** Short ones; each is walked through by a browser test. */
export const tours: readonly Tour[] = [
  {
    id: 'build',
    title: 'Build a pipeline',
    summary: 'From an empty canvas to a result, in two minutes',
    begin: 'empty',
    steps: [
      {
        target: canvas,
        title: 'Add data',
        text: 'Press Tab, or double-click the paper, and choose Sample data. Enter adds it.',
        until: '[data-step="sample_data"]',
      },
      {
        target: canvas,
        title: 'Connect a step',
        text: 'Pull a wire from the port below the step and let it go on the paper. What fits is listed: choose Summarize data. By keyboard: Tab adds it, C connects it.',
        until: '[data-edge]',
      },
      {
        target: inspector,
        title: 'Set its parameters',
        text: 'What a step takes stands here. What is typed counts at once, and every visit of a field is one step back with Ctrl Z.',
      },
      {
        target: run,
        title: 'Run it',
        text: 'Run shows first what will run and why. Press Run in there, or Ctrl Enter again.',
        until: '[data-step="summarize_data"][data-status="completed"]',
      },
      {
        target: '[data-step="summarize_data"]',
        title: 'Look at what came out',
        text: 'Press the port below the step, or V while it is selected: its data opens, with types, statistics and charts.',
        until: '[data-preview]',
      },
      {
        target: null,
        title: 'That is all of it',
        text: 'The draft is saved as you go. Ctrl K finds every command by its name; the question mark shows their keys.',
      },
    ],
  },
  {
    id: 'reuse',
    title: 'Run again, and why',
    summary: 'What is reused, what is not, and who says so',
    begin: 'sample',
    steps: [
      {
        target: run,
        title: 'Run the sample',
        text: 'Press Run, and Run again in the plan. Each step says what it waits for and how long it took.',
        until: '[data-step="evaluate_model"][data-status="completed"], [data-step="evaluate_model"][data-status="reused"]',
      },
      {
        target: '[data-step="split_data"]',
        title: 'Change one thing',
        text: 'Select this step and give another fraction, or another seed.',
        until: '[data-look="changed"]',
      },
      {
        target: canvas,
        title: 'What is out of date says so',
        text: 'The steps below may run again; those above are reused. Rest the pointer on a cause to see where it comes from.',
      },
      { target: run, title: 'Run again', text: 'The plan says for each step whether it runs, and why.', until: '[data-status="reused"]' },
      { target: inspector, title: 'Why', text: 'Select any step: the section Why has all the reasons, and the run that its result is from.' },
    ],
  },
  {
    id: 'safe',
    title: 'Nothing is lost',
    summary: 'History, versions, and what you can do to a graph',
    begin: 'sample',
    steps: [
      {
        target: '[role="toolbar"][aria-label="Canvas tools"]',
        title: 'Back and forth',
        text: 'Every edit can be undone, also after a reload. The clock, or H, lists them all.',
        until: '[data-side-panel="history"]',
      },
      {
        target: '[data-side-panel="history"]',
        title: 'Go anywhere',
        text: 'Press an entry to be back there at once. The tab Versions keeps the draft as it was at every run and whenever you save one with Ctrl S.',
      },
      {
        target: canvas,
        title: 'Many at once',
        text: 'Drag over the paper to select several steps: align, tidy, copy, group them, or make a pipeline of its own of them, by the menu of the right button.',
      },
      {
        target: canvas,
        title: 'Paste anything',
        text: 'Steps are copied as text: paste them in another draft, in an issue, or paste the YAML of a pipeline here.',
      },
    ],
  },
];
