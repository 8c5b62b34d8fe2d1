/** What appears because somebody asked for it takes the keyboard. */
export function focusOnAppearing(field: HTMLElement | null): void {
  field?.focus();
}
