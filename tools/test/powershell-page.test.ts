import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { powershellPage } from '../powershell-page.ts';

test('the reference of commands and types is what the tables print (tools/print-powershell.ts)', () => {
  const page = powershellPage();
  expect(page).toMatch(/`Import-Csv`[\s\S]*`Start-Job`[\s\S]*System\.Text/);
  expect(readFileSync(new URL('../../docs/reference/powershell.md', import.meta.url), 'utf8')).toBe(page);
});
