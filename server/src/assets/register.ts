import { dirname, join, resolve } from 'node:path';
import { isAssetName } from '@pipewright/shared/asset/asset.ts';
import { readAsset } from '@pipewright/shared/asset/asset-file.ts';
import { isUploadId, type Register } from '@pipewright/shared/http/register.ts';
import { readTextFile } from '../read-text-file.ts';
import { registerBytes, whyNotNamed, type BytesTexts } from './register-bytes.ts';
import { registerComponent } from './register-component.ts';
import { registerEnvironment } from './register-environment.ts';
import { registerOutput } from './register-output.ts';
import { refused, refusedAt, type RegisterOutcome, type RegisterParts } from './register-parts.ts';
import { takeUpload } from './uploads.ts';

/** Takes a file, bytes, or an output of a run into the workspace by name and version; the same content again is no change. */
export async function register(parts: RegisterParts, request: Register): Promise<RegisterOutcome> {
  if ('file' in request) return await registerFile(parts, resolve(request.file));
  if ('output' in request) return await registerOutput(parts, request);
  if ('path' in request) return await registerBytes(parts, request, null);
  if (!isUploadId(request.upload)) return refused('wrong', 'That cannot be the name of an upload.');
  return await takeUpload(join(parts.uploadsFolder, request.upload), async (path) => await registerBytes(parts, { ...request, path }, null));
}

async function registerFile(parts: RegisterParts, file: string): Promise<RegisterOutcome> {
  const text = await readTextFile(file);
  if (text === null) return refused('missing', `The file ${file} does not exist or cannot be read.`);
  const asset = readAsset(text, file);
  switch (asset.kind) {
    case 'wrong':
      return { ok: false, reason: 'wrong', message: `${file} cannot be registered`, problems: asset.problems };
    case 'data':
    case 'model':
      return await registerAsset(parts, { ...asset.asset, kind: asset.kind }, { text, file });
    case 'environment':
      return await registerEnvironment(parts, asset.environment, file);
    case 'other':
      return await registerComponent(parts, text, file);
  }
}

/** Data or a model as its file says it. */
async function registerAsset(
  parts: RegisterParts,
  asset: BytesTexts & { readonly path: string },
  { text, file }: { readonly text: string; readonly file: string },
): Promise<RegisterOutcome> {
  const wrong = whyNotNamed(asset);
  if (wrong !== null) return refusedAt('wrong', wrong, { text, file, key: isAssetName(asset.name) ? 'version' : 'name' });
  const outcome = await registerBytes(parts, asset, dirname(file));
  return !outcome.ok && outcome.reason === 'missing' ? refusedAt('missing', outcome.message, { text, file, key: 'path' }) : outcome;
}
