import { IconCode } from '@tabler/icons-react';
import type { MenuGroup } from './search-menu.tsx';
import classes from './overlays.module.css';

export const newStepId = 'new-python-step';
const words = 'new python step own code script function';

/** A step of one's own code, for who looks for it by name. */
export function newStepGroup(query: string): MenuGroup[] {
  const parts = query.trim().toLowerCase().split(/\s+/);
  if (query.trim().length < 2 || !parts.every((part) => words.split(' ').some((word) => word.startsWith(part)))) return [];
  return [{ title: 'Write one', items: [{ id: newStepId, content: <NewStepRow /> }] }];
}

function NewStepRow() {
  return (
    <>
      <IconCode size={16} stroke={1.8} aria-hidden />
      <span className={classes.menuText}>New Python step…</span>
    </>
  );
}
