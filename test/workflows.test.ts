import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGE, workflowsPage } from '../scripts/workflows.ts';

test('the page of workflows shows those that there are: npm run workflows writes it', async () => {
  const page = await workflowsPage();
  expect(page).toContain('```mermaid\nstateDiagram-v2');
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
