import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { PreviewAnswer, PreviewQuery } from '@pipewright/shared/http/preview.ts';
import { nameOfFile } from '../../assets/name-of-file.ts';
import { listFiles, previewOfFiles } from '../../preview/list-files.ts';
import { answerPreview } from '../answer-preview.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import { HttpError } from '../errors.ts';
import { pathInside, sendBytes } from '../stored-bytes.ts';
import type { Services } from '../services.ts';
import { VersionParams, versionOf, wordFor } from './asset-params.ts';

export const getAssetContent = (noun: 'data' | 'models'): AnyEndpoint =>
  endpoint({
    method: 'get',
    path: `/${noun}/{name}/versions/{version}/content{/*rest}`,
    summary: `Bytes of a ${wordFor[noun]} (ranges work), the files of a folder, or with \`view=preview\` what it looks like`,
    params: VersionParams.extend({ rest: z.array(z.string()).optional() }),
    query: PreviewQuery,
    result: PreviewAnswer,
    produces: 'application/octet-stream',
    handle: async ({ services, params: { rest = [], ...params }, query, response }) => {
      const asset = await versionOf(services, noun, params);
      const { name, version, artifact, path: from, type } = asset;
      const whole = artifact ? services.artifacts.pathOf(artifact.hash) : await placeOf(services, from ?? '');
      const path = await pathInside(services.artifacts, { whole, hash: artifact?.hash ?? null, what: `${name}:${version}`, rest });
      const called = rest.at(-1) ?? (artifact ? await nameOfFile(services.store.assets, asset) : basename(whole));
      if (query.view !== undefined) {
        const shown = rest.length > 0 ? 'uri_file' : DataType.parse(type);
        return await answerPreview(services, response, { path, type: shown, name: called, query });
      }
      if ((await stat(path)).isDirectory()) return { body: previewOfFiles(await listFiles(path)) };
      await sendBytes(response, path, called);
      return undefined;
    },
  });

/** Of what lies elsewhere: nothing is fetched for the sake of a look. */
async function placeOf({ data }: Services, address: string): Promise<string> {
  const place = await data.find(address, { folder: null, mayFetch: false });
  if (place.kind === 'local') return place.path;
  const why = place.kind === 'problem' ? place.message : `${address} is fetched when a run needs it.`;
  throw new HttpError(404, 'not-here', { title: 'Its bytes are not on this machine', detail: why });
}
