const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]:not([tabindex="-1"])';

/** Moves the focus round the panes of the page (`data-pane`), in the order in which they stand: to the pane if it is a stop itself, as a canvas is, else to its first one. */
export function focusNextPane(direction: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  if (panes.length === 0) return;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const start = here < 0 && direction < 0 ? 0 : here;
  const next = panes[(start + direction + panes.length) % panes.length];
  if (!next) return;
  // What is shown under the pointer only takes no focus.
  const stops = [...(next.tabIndex >= 0 ? [next] : []), ...next.querySelectorAll<HTMLElement>(focusable), next];
  for (const stop of stops) {
    stop.focus();
    if (document.activeElement === stop) return;
  }
}
