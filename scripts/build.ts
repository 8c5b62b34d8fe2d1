import { preparePage } from '../server/src/web-page/prepare-page.ts';

// The page as `pipewright start` builds it; nothing is done while it is up to date.
const page = await preparePage();
console.log(page.ok ? `${page.isNew ? 'Built' : 'Up to date'}: ${page.folder}` : page.message);
process.exitCode = page.ok ? 0 : 1;
