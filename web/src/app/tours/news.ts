/** What came with a version, the newest first; `id` is what a person has seen up to. */
export const news = {
  id: '2026-11-30',
  items: [
    { title: 'Runs side by side', text: 'Two to five runs with their graph, values, metrics, curves and logs: Compare on the page of a run.' },
    {
      title: 'Versions and what is different',
      text: 'A draft is kept at every run. The tab Versions of the history compares it with any earlier state, on the canvas.',
    },
    { title: 'Groups and notes', text: 'Ctrl G puts a frame around steps that can be folded away; notes take Markdown.' },
    { title: 'Your own keys', text: 'Press the keys of a command in the sheet of shortcuts to give it others.' },
    { title: 'Columns from the real table', text: 'Where a parameter names columns, they are chosen from the table that comes in, also before the first run.' },
  ],
} as const;
