import { fileURLToPath } from 'node:url';
import { findImportBreaches } from './import-table.ts';

const breaches = findImportBreaches(fileURLToPath(new URL('..', import.meta.url)));
for (const { file, line, specifier, reason } of breaches) {
  console.error(`${file}:${line}: import of '${specifier}': ${reason}`);
}
if (breaches.length > 0) {
  console.error(
    `${breaches.length} imports break the table in tools/import-table.ts (docs/architecture.md says why it is law).`,
  );
  process.exitCode = 1;
}
