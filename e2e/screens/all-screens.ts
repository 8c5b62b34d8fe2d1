import { codeScreens } from './code-screens.ts';
import { designerScreens } from './designer-screens.ts';
import { pageScreens } from './page-screens.ts';
import type { Screen } from './screen.ts';
import { togetherScreens } from './together-screens.ts';
import { troubleScreens } from './trouble-screens.ts';

/** Every screen of the product, in the order of a first visit. */
export const allScreens: readonly Screen[] = [...pageScreens, ...designerScreens, ...codeScreens, ...togetherScreens, ...troubleScreens];
