import { contentOf } from '@pipewright/shared/draft/draft-op.ts';
import type { KeptContent } from '@pipewright/shared/http/drafts.ts';
import type { QueryClient } from '@tanstack/react-query';
import { checkpointQuery } from '../../../api/drafts.ts';
import { publishedVersionQuery } from '../../../api/pipelines.ts';
import { runQuery } from '../../../api/runs.ts';
import { formatSource, type ComparedSource } from '../model/compared-source.ts';

/** What a draft held at another time, wherever that is kept. None of it ever changes. */
export async function fetchCompared(client: QueryClient, draftId: string, source: ComparedSource): Promise<KeptContent> {
  switch (source.kind) {
    case 'checkpoint':
      return await client.ensureQueryData(checkpointQuery(draftId, source.id));
    case 'version':
      return await client.ensureQueryData(publishedVersionQuery(source.name, source.version));
    case 'run': {
      const { snapshot } = await client.ensureQueryData(runQuery(source.id));
      return { ...contentOf(snapshot), components: snapshot.components };
    }
  }
}

export const comparedKey = (draftId: string, source: ComparedSource) => ['compared', draftId, formatSource(source)] as const;
