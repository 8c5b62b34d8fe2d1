import { join } from 'node:path';
import { RegisterComponent, RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { writeComponent } from '@pipewright/shared/yaml/write-component.ts';
import { registerWithCode } from '../../assets/register-code.ts';
import { registerComponent } from '../../assets/register-component.ts';
import { registerParts } from '../assets/register-parts.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { registeredComponent } from './component-code.ts';

export const registerMadeComponent = endpoint({
  method: 'post',
  path: '/components',
  summary: 'Register a component that was made in the designer, with code of its own or as the next version of a pipeline',
  body: RegisterComponent,
  result: RegisteredComponent,
  status: 201,
  handle: async ({ services, body: { component, draft, files } }) => {
    const parts = await registerParts(services);
    if (files !== undefined) return { body: await registeredComponent(services, await registerWithCode(parts, component, files)) };
    const record = draft === undefined ? null : await services.store.drafts.get(draft);
    if (record === undefined) throw notFound(`The draft ${draft}`);
    const file = join(record?.folder ?? services.uploadsFolder, `${component.name ?? 'component'}.yml`);
    return { body: await registeredComponent(services, await registerComponent(parts, writeComponent(component), file)) };
  },
});
