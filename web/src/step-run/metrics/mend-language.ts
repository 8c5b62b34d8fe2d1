/**
 * uPlot asks for number formats in the browser's language while it loads, and throws where that is no language tag:
 * Chromium says `en-US@posix` under LANG=C. Such a tag is replaced by English for this page.
 */
export function mendLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true });
  }
}
