import { ReadableStream } from 'node:stream/web';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);
// What is waited for comes when it comes, on a busy machine later. A page is too long to be read in a failure: the message says what was looked for.
configure({ asyncUtilTimeout: 10_000, getElementError: (message) => new Error(message ?? 'Nothing was found') });

// jsdom has no layout: what asks for it gets a wide window and no elements to observe. Tests without a page need none.
if (typeof window !== 'undefined') {
  window.matchMedia ??= (query) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => false,
  });
  window.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  Element.prototype.scrollIntoView = () => {};
  Element.prototype.scrollTo = () => {};
  Range.prototype.getClientRects = () => document.createElement('div').getClientRects();
  // Nothing is painted.
  HTMLCanvasElement.prototype.getContext = () => null;
  // Text fields that grow with their text ask when fonts are there.
  Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
  // Long lists draw what is in sight: here that is a box of this size.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, value: 800 });
}

// Browsers have it; jsdom and its context do not.
Object.assign(globalThis, { ReadableStream });
