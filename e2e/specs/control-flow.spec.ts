import { expect } from '@playwright/test';
import { getRun, makeDraft } from '../fixtures/drafts.ts';
import { test } from '../fixtures/server.ts';
import { seriousViolations } from '../pages/axe.ts';
import { Designer } from '../pages/designer.ts';

test('a condition, an order, retries and a loop are set in the inspector, drawn, and obeyed', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, {
      check: { command: 'echo 12 > ${{outputs.rows}}', outputs: { rows: { type: 'integer' } } },
      deploy: { command: 'echo deployed' },
      flaky: { command: `[ -e ${server.home}/mended ] || { touch ${server.home}/mended; exit 1; }` },
      each: { command: 'echo "${{inputs.item}}"' },
    }),
  );
  const inspector = page.getByRole('complementary').filter({ has: page.getByRole('button', { name: /^Control flow/ }) });
  const open = async (step: string): Promise<void> => {
    await designer.step(step).click();
    const section = inspector.getByRole('button', { name: /^Control flow/ });
    if ((await section.getAttribute('aria-expanded')) === 'false') await section.click();
  };
  await open('deploy');
  await inspector.getByLabel('Only if').fill('${{parent.jobs.check.outputs.rows}} > ');
  await expect(page.locator('[data-problem="invalid-expression"]').first()).toContainText('cannot be read');
  await inspector.getByLabel('Only if').fill('${{parent.jobs.check.outputs.rows}} > 100');
  await expect(page.locator('[data-problem="invalid-expression"]')).toHaveCount(0);
  await open('flaky');
  await inspector.getByLabel('Retries').fill('2');
  await inspector.getByLabel('First wait').fill('0.1');
  await inspector.getByLabel('Exit codes').fill('1, 75');
  await inspector.getByRole('combobox', { name: 'Runs after' }).click();
  await page.getByRole('option', { name: 'check' }).click();
  await page.keyboard.press('Escape');
  await open('each');
  await inspector.getByLabel('For each of').fill('["north", "south", "west"]');
  expect(await seriousViolations(page)).toEqual([]);
  await expect(page.locator('[data-control-edge="check->flaky"]')).toBeVisible();
  await expect(page.locator('[data-control-edge="check->deploy"]')).toBeVisible();
  await page.keyboard.press('Tab');
  await designer.canvas.click({ position: { x: 20, y: 400 } });
  await page.getByLabel('Steps at once').fill('1');
  await page.getByLabel('Time limit of a run').fill('600');
  await page.keyboard.press('Tab');
  await designer.expectSaved();
  for (const [step, mark] of [
    ['deploy', 'runs only if ${{parent.jobs.check.outputs.rows}} > 100'],
    ['flaky', 'tries again up to 2 times'],
    ['each', 'runs for each of ["north", "south", "west"]'],
  ] as const)
    await expect(designer.step(step)).toHaveAccessibleName(new RegExp(RegExp.escape(mark)));

  await designer.run();
  await designer.expectStatus('deploy', 'skipped');
  await designer.expectStatus('flaky', 'completed');
  await designer.expectStatus('each', 'completed');
  await expect(designer.step('deploy')).toContainText('rows 12 > 100 is false');
  const run = await getRun(server, request, '1');
  expect(run.snapshot).toMatchObject({ maxParallel: 1, timeoutMs: 600_000 });
  expect(run.steps.find(({ key }) => key === 'flaky')).toMatchObject({ attempts: 2 });
  expect(run.steps.filter(({ key }) => key.startsWith('each/'))).toHaveLength(3);

  await page.getByRole('link', { name: 'Open run' }).click();
  await expect(page.getByText('Read-only')).toBeVisible();
  await page.getByRole('link', { name: /^Item 2/ }).click();
  await page.getByRole('tab', { name: 'Logs' }).click();
  await expect(page.getByRole('log')).toContainText('south');
  expect(await seriousViolations(page)).toEqual([]);
  await expect(page.getByRole('note', { name: 'Used of the machine' })).toContainText(/CPU.*read.*written/);
});

test('a run that has ended is removed, and what nothing needs any more is freed', async ({ page, server, request }) => {
  const designer = new Designer(page);
  await designer.open(
    await makeDraft(server, request, { only: { command: 'head -c 50000 /dev/zero > ${{outputs.out}}', outputs: { out: { type: 'uri_file' } } } }),
  );
  await designer.run();
  await designer.expectStatus('only', 'completed');
  await page.getByRole('link', { name: 'Open run' }).click();
  await page.getByRole('button', { name: 'Remove this run' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove run 1?' });
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByText('No runs yet')).toBeVisible();

  await page.goto(`${server.url}/settings`);
  const space = page.getByRole('region', { name: 'Disk space' });
  await space.getByRole('button', { name: 'Look what could go' }).click();
  await expect(space).toContainText('1 output or code folder');
  await space.getByRole('button', { name: /^Free / }).click();
  await expect(space).toContainText(/kB freed\./);
});
