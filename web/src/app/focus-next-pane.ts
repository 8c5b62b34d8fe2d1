const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]:not([tabindex="-1"])';

/** Moves the focus round the panes of the page (`data-pane`), in the order in which they stand. */
export function focusNextPane(direction: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  if (panes.length === 0) return;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const start = here < 0 && direction < 0 ? 0 : here;
  const next = panes[(start + direction + panes.length) % panes.length];
  if (!next) return;
  const first = next.querySelector<HTMLElement>(focusable);
  (first ?? next).focus();
}
