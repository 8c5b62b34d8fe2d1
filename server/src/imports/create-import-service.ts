import { codeRulesOf, type Config } from '../config.ts';
import type { Downloads } from '../data/downloads.ts';
import type { DraftService } from '../drafts/draft-service.ts';
import { defaultImportRules } from './archive-error.ts';
import { ImportService } from './import-service.ts';

interface ImportPlace {
  readonly drafts: DraftService;
  readonly downloads: Downloads;
  /** `imports/` in the data folder. */
  readonly importsFolder: string;
}

/** With the bounds that `config.yml` sets: for a server, and for the command line where there is none. */
export function createImportService(config: Config, { drafts, downloads, importsFolder }: ImportPlace): ImportService {
  const rules = config.imports ?? defaultImportRules;
  return new ImportService({ drafts, importsFolder, rules, codeRules: codeRulesOf(config), whyNotFetched: (address) => downloads.whyNot(address) });
}
