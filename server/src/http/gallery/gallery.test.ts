import { describe, expect, it } from 'vitest';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { GalleryDetail, GalleryItem } from '@pipewright/shared/http/gallery.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { Plan } from '@pipewright/shared/run/plan.ts';
import { call } from '../../testing/api.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

describe('the gallery', () => {
  const server = sharedTestServer();
  const isMore = ({ severity }: Problem): boolean => severity !== 'note';
  const list = async (): Promise<GalleryItem[]> => pageOf(GalleryItem).parse((await call(server(), '/api/gallery')).body).items;

  it('shows the samples in their order, each with what it is, its data and its drawing', async () => {
    const items = await list();
    expect(items.length).toBeGreaterThanOrEqual(3);
    for (const item of items) {
      expect(item).toMatchObject({ kind: 'sample', version: null, data: { licence: expect.stringMatching(/./) } });
      expect(item.description).not.toBe('');
      expect(item.thumbnail.steps).toHaveLength(item.stepCount);
      expect(item.thumbnail.edges.length).toBeGreaterThan(0);
    }
  });

  it('shows each as a canvas draws it, with what it says of itself', async () => {
    const detail = GalleryDetail.parse((await call(server(), '/api/gallery/fuel-economy')).body);
    expect(detail).toMatchObject({
      name: 'fuel-economy',
      by: 'Pipewright',
      licence: 'Apache-2.0',
      missing: [],
      readme: expect.stringMatching(/^# Fuel economy/),
    });
    expect(Object.keys(detail.document.jobs)).toHaveLength(detail.stepCount);
    expect(Object.keys(detail.components)).toContain('azureml:split_data:1');
    expect(await call(server(), '/api/gallery/nothing')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('has what is published here, by whom', async () => {
    const jobs = { cars: { component: 'azureml:sample_data:1' } };
    const draft = Draft.parse((await call(server(), '/api/drafts', { body: { document: { type: 'pipeline', display_name: 'Ours', jobs } } })).body);
    const published = await call(server(), '/api/pipelines', { body: { draft: draft.id, revision: draft.revision, name: 'ours', description: 'What we do' } });
    expect(published.status).toBe(201);
    const detail = GalleryDetail.parse((await call(server(), '/api/gallery/ours')).body);
    expect(detail).toMatchObject({ kind: 'published', displayName: 'Ours', description: 'What we do', licence: null, readme: null, missing: [] });
    expect(detail.by).not.toBe('');
  });

  it('is cloned to drafts without problems, which find their data and are no cards themselves', async () => {
    for (const { name, displayName } of await list()) {
      const cloned = await call(server(), `/api/gallery/${name}/clone`, { method: 'POST' });
      expect(cloned.status).toBe(201);
      const draft = Draft.parse(cloned.body);
      expect(draft).toMatchObject({ name: displayName, revision: 1 });
      // What means something in a cloud only is told of, and is no problem.
      expect(draft.problems.filter(isMore)).toEqual([]);
      expect(JSON.stringify(draft.document)).not.toContain('"gallery"');
      expect(Object.keys(draft.components).length).toBeGreaterThan(0);
      const plan = Plan.parse((await call(server(), `/api/drafts/${draft.id}/plan`, { body: {} })).body);
      expect(plan.problems.filter(isMore)).toEqual([]);
      expect(plan.steps.length).toBeGreaterThanOrEqual(Object.keys(draft.document.jobs).length);
    }
    expect(await call(server(), '/api/gallery/nothing/clone', { method: 'POST' })).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});
