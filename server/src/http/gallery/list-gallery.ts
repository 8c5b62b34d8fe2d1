import type { Component } from '@pipewright/shared/component/component.ts';
import { GalleryItem } from '@pipewright/shared/http/gallery.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { describeSample } from '../../gallery/read-gallery.ts';
import { describePublished } from './describe-published.ts';
import { endpoint } from '../endpoint.ts';

export const listGallery = endpoint({
  method: 'get',
  path: '/gallery',
  summary: 'Pipelines to start from: the samples, and those published here',
  result: pageOf(GalleryItem),
  handle: async ({ services }) => {
    const lookup: Record<string, Component> = {};
    for (const { name, version, component } of await services.store.registry.components()) {
      lookup[`azureml:${name}:${version}`] = component;
    }
    const published = await services.store.pipelines.list({ limit: 500 });
    const items: GalleryItem[] = [...services.samples.map((sample) => describeSample(sample, lookup)), ...published.items.map(describePublished)];
    return { body: { items, nextCursor: null } };
  },
});
