/** A field that appears because somebody asked for it takes the keyboard. */
export function focusOnAppearing(field: HTMLInputElement | null): void {
  field?.focus();
}
