import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import classes from './panels.module.css';

interface SectionProps {
  readonly title: string;
  /** The section's value in one line: seen open and closed, so that nothing hides. */
  readonly summary?: ReactNode;
  readonly isOpenAtFirst?: boolean;
  /** Something in it is asked for: it opens when this becomes true. */
  readonly isWanted?: boolean;
  readonly children: ReactNode;
}

/** One part of a panel's scroll, with its value in the header. */
export function Section({ title, summary, isOpenAtFirst = true, isWanted = false, children }: SectionProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const [wasWanted, setWasWanted] = useState(false);
  if (isWanted !== wasWanted) {
    setWasWanted(isWanted);
    if (isWanted) setIsOpen(true);
  }
  const bodyId = useId();
  return (
    <section className={classes.section}>
      <h3>
        <button type="button" className={classes.sectionHead} aria-expanded={isOpen} aria-controls={bodyId} onClick={() => setIsOpen(!isOpen)}>
          <IconChevronRight size={13} stroke={2} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
          {title}
          {summary !== undefined && <span className={classes.sectionSum}>{summary}</span>}
        </button>
      </h3>
      <div id={bodyId} className={classes.sectionBody} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
}
