import { join } from 'node:path';
import { formatComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { RegisterComponent, RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { writeComponent } from '@pipewright/shared/yaml/write-component.ts';
import { registerComponent } from '../../assets/register-component.ts';
import { registeredOr, registerParts } from '../assets/register-parts.ts';
import { versionOf } from '../assets/asset-params.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';

export const registerMadeComponent = endpoint({
  method: 'post',
  path: '/components',
  summary: 'Register a component that was made in the designer, as a pipeline of its own or as the next version of one',
  body: RegisterComponent,
  result: RegisteredComponent,
  status: 201,
  handle: async ({ services, body: { component, draft } }) => {
    const record = draft === undefined ? null : await services.store.drafts.get(draft);
    if (record === undefined) throw notFound(`The draft ${draft}`);
    const file = join(record?.folder ?? services.uploadsFolder, `${component.name ?? 'component'}.yml`);
    const { name, version } = registeredOr(await registerComponent(await registerParts(services), writeComponent(component), file));
    const asset = await versionOf(services, 'components', { name, version });
    const registered = await services.store.registry.component(name, version);
    if (!registered) throw new Error(`Internal error: expected the component ${name}:${version} that was just registered`);
    return { body: { ...asset, reference: formatComponentReference(name, version), component: registered.component } };
  },
});
