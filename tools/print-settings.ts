/** Prints docs/reference/settings.md from the settings tables of host and service. */
import { mkdir, writeFile } from 'node:fs/promises';
import { settingsPage } from './settings-page.ts';

const folder = new URL('../docs/reference/', import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL('settings.md', folder), await settingsPage());
