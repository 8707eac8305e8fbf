/** Prints docs/reference/errors.md from the error table. */
import { mkdir, writeFile } from 'node:fs/promises';
import { errorsPage } from '@joinery/problems';

const folder = new URL('../docs/reference/', import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL('errors.md', folder), errorsPage());
