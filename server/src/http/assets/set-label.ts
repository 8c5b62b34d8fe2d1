import { z } from 'zod';
import { assetNouns, type AssetNoun } from '@pipewright/shared/http/assets.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { NameParams, wordFor } from './asset-params.ts';

/** `latest` is worked out; it points nowhere else. */
const LabelParams = NameParams.extend({ label: z.string().regex(/^(?!latest$)[A-Za-z0-9_.-]{1,100}$/) });
const Label = z.object({ label: z.string(), version: z.string().nullable() });

export const setLabel = (noun: AssetNoun): AnyEndpoint =>
  endpoint({
    method: 'put',
    path: `/${noun}/{name}/labels/{label}`,
    summary: `Point a label at a version of a ${wordFor[noun]}: \`azureml:NAME@LABEL\``,
    params: LabelParams,
    body: z.strictObject({ version: z.string() }),
    result: Label,
    handle: async ({ services, params: { name, label }, body: { version } }) => {
      const isThere = await services.store.assets.setLabel({ kind: assetNouns[noun], name }, label, version);
      if (!isThere) throw notFound(`Version ${version} of the ${wordFor[noun]} ${name}`);
      return { body: { label, version } };
    },
  });

export const removeLabel = (noun: AssetNoun): AnyEndpoint =>
  endpoint({
    method: 'delete',
    path: `/${noun}/{name}/labels/{label}`,
    summary: `Take a label of a ${wordFor[noun]} away`,
    params: LabelParams,
    result: Label,
    handle: async ({ services, params: { name, label } }) => {
      const wasThere = await services.store.assets.setLabel({ kind: assetNouns[noun], name }, label, null);
      if (!wasThere) throw notFound(`The label ${label} of the ${wordFor[noun]} ${name}`);
      return { body: { label, version: null } };
    },
  });
