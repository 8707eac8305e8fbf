/** Prints docs/reference/powershell.md from the tables of commands and types. */
import { mkdir, writeFile } from 'node:fs/promises';
import { powershellPage } from './powershell-page.ts';

const folder = new URL('../docs/reference/', import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL('powershell.md', folder), powershellPage());
