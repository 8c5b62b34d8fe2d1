import { useEffect, useId } from 'react';

const heights = new Map<string, number>();

/** Says how high a panel at the foot of the page is: toasts stay above it (`app.module.css`), for what lies in it is to be read and pressed. */
export function useFootPanel(height: number | null): void {
  const id = useId();
  useEffect(() => {
    if (height === null) return;
    heights.set(id, height);
    tell();
    return () => {
      heights.delete(id);
      tell();
    };
  }, [id, height]);
}

function tell(): void {
  const sum = [...heights.values()].reduce((total, height) => total + height, 0);
  document.documentElement.style.setProperty('--pw-foot-panels', `${sum}px`);
}
