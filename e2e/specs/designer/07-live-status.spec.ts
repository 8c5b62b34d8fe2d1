import { writeFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { makeDraft, outputOf, waitFor } from '../../fixtures/drafts.ts';
import { test } from '../../fixtures/server.ts';
import { Designer } from '../../pages/designer.ts';

const out = { out: null };

test('each step and edge says where it stands while the run goes on, and who stopped it', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      first: { display_name: 'First', command: `${waitFor(`${server.home}/go`)}; echo x > \${{outputs.out}}/x`, outputs: out },
      second: { display_name: 'Second', command: `${waitFor(`${server.home}/never`)}; cat \${{inputs.data}}/x`, inputs: { data: outputOf('first') } },
      third: { display_name: 'Third', command: 'true', depends_on: ['second'] },
    }),
  );
  const edge = designer.edge('first.outputs.out->second.inputs.data');
  await designer.run();
  await designer.expectStatus('first', 'running');
  await expect(designer.step('second')).toContainText('for First');
  await expect(designer.step('second')).toHaveAccessibleName(/^Second, .*waiting, for First$/);
  await expect(edge).toHaveAttribute('data-look', 'pending');
  await writeFile(`${server.home}/go`, '');
  await designer.expectStatus('second', 'running');
  await expect(edge).toHaveAttribute('data-look', 'flowing');
  await page.getByRole('button', { name: 'Stop' }).click();
  await designer.expectStatus('second', 'cancelled');
  await expect(designer.step('second')).toContainText('by you');
  await expect(edge).toHaveAttribute('data-look', 'ready');
});
