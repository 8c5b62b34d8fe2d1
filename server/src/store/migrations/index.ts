import type { Migration } from 'kysely/migration';
import * as initial from './0001-initial.ts';
import * as outputs from './0002-outputs.ts';
import * as clientRuns from './0003-client-runs.ts';
import * as runDocuments from './0004-run-documents.ts';
import * as donors from './0005-donors.ts';
import * as eventRows from './0006-event-rows.ts';
import * as assets from './0007-assets.ts';
import * as texts from './0008-texts.ts';
import * as assetLineage from './0009-asset-lineage.ts';
import * as tracking from './0010-tracking.ts';
import * as runParts from './0011-run-parts.ts';
import * as comments from './0012-comments.ts';

/** In order; a published one is never edited, only followed by another. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-outputs': outputs,
  '0003-client-runs': clientRuns,
  '0004-run-documents': runDocuments,
  '0005-donors': donors,
  '0006-event-rows': eventRows,
  '0007-assets': assets,
  '0008-texts': texts,
  '0009-asset-lineage': assetLineage,
  '0010-tracking': tracking,
  '0011-run-parts': runParts,
  '0012-comments': comments,
};
