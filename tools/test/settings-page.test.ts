import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { settingsPage } from '../settings-page.ts';

test('the settings reference is what the tables print (tools/print-settings.ts)', async () => {
  const page = await settingsPage();
  expect(page).toMatch(/## host[\s\S]*## service/);
  expect(readFileSync(new URL('../../docs/reference/settings.md', import.meta.url), 'utf8')).toBe(page);
});
