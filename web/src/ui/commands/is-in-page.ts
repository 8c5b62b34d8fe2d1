/** Whether keys are meant for the page: a dialog or a menu over it has its own. */
export const isInPage = (target: EventTarget | null): boolean =>
  !(target instanceof Element) || target.closest('[role=dialog], [role=menu], [role=listbox]') === null;
