import { useEffect, useState } from 'react';
import { createStore, useStore } from 'zustand';

interface Announcements {
  readonly polite: string;
  readonly urgent: string;
}

const announcements = createStore<Announcements>()(() => ({ polite: '', urgent: '' }));
const paceMs = 1000;

/** Tells people who listen what has changed. Failures are said at once, the rest at most once a second. */
export function announce(text: string, isUrgent = false): void {
  announcements.setState(isUrgent ? { urgent: text } : { polite: text });
}

/** Where announcements are read from; once, in the shell. */
export function LiveRegion() {
  const { polite, urgent } = useStore(announcements);
  const paced = usePaced(polite);
  return (
    <>
      <div className="pw-hidden" aria-live="polite" data-live-region>
        {paced}
      </div>
      <div className="pw-hidden" aria-live="assertive">
        {urgent}
      </div>
    </>
  );
}

/** Follows a value, but changes at most once per second; the newest wins. */
function usePaced(value: string): string {
  const [shown, setShown] = useState(value);
  const [shownAt, setShownAt] = useState(0);
  useEffect(() => {
    if (value === shown) return;
    const show = (): void => {
      setShown(value);
      setShownAt(Date.now());
    };
    const timer = setTimeout(show, Math.max(0, shownAt + paceMs - Date.now()));
    return () => clearTimeout(timer);
  }, [value, shown, shownAt]);
  return shown;
}
