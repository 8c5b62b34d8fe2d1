import { useEffect } from 'react';
import { usePreferences } from '../ui/preferences.ts';

/** Puts the chosen density on the page, where tokens.css reads it. */
export function useDensity(): void {
  const density = usePreferences((state) => state.density);
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
}
