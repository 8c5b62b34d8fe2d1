import { Draft, DraftConflict, DraftOpsAccepted } from '@pipewright/shared/http/drafts.ts';
import { ApiError, messageOf } from '../../../api/api-error.ts';
import { apiPath, request } from '../../../api/request.ts';
import type { DraftTransport, SendResult, SentOps } from './draft-transport.ts';

/** Browsers let a request outlive its page only up to 64 KiB in all. */
const keepaliveBytes = 60_000;
/** A connection that died while the machine slept never says so. */
const longestAnswerMs = 30_000;

export function createHttpDraftTransport(draftId: string): DraftTransport {
  return {
    send: (ops) => sendOps(draftId, ops),
    fetchDraft: () => request(apiPath('drafts', draftId), Draft, { signal: AbortSignal.timeout(longestAnswerMs) }),
  };
}

async function sendOps(draftId: string, { revision, ...body }: SentOps): Promise<SendResult> {
  const isShort = new TextEncoder().encode(JSON.stringify(body)).length < keepaliveBytes;
  try {
    const accepted = await request(apiPath('drafts', draftId, 'ops'), DraftOpsAccepted, {
      method: 'POST',
      headers: { 'If-Match': `"${revision}"` },
      body,
      keepalive: isShort,
      signal: AbortSignal.timeout(longestAnswerMs),
    });
    return { kind: 'accepted', accepted };
  } catch (error) {
    return toResult(error);
  }
}

function toResult(error: unknown): SendResult {
  // Not an answer in our language (a proxy, a broken body): as good as none.
  if (!(error instanceof ApiError)) return { kind: 'unreachable' };
  if (error.status === 412) {
    const conflict = DraftConflict.safeParse(error.body);
    // Operations that this page does not know, of a newer one: what came of them is read as a whole.
    return { kind: 'conflict', conflict: conflict.success ? conflict.data : { currentRevision: 0, opsSince: [], full: true } };
  }
  if (error.status === 413) return { kind: 'too-large' };
  if (error.status === 409 || error.status === 404 || error.status === 410) return { kind: 'archived', message: messageOf(error) };
  if (error.status === 0 || error.status === 429 || error.status >= 500) return { kind: 'unreachable' };
  return { kind: 'refused', message: messageOf(error) };
}
