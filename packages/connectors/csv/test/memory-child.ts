import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { importPages, selectSchema } from '@joinery/connector';
import { silentLogger, systemClock } from '@joinery/runtime';
import { columns, connect } from './csv-fixture.ts';
import { entry } from './folder.ts';

/*
 * Writes a file of as many rows as the second argument says into the folder of the first, imports it, changes one row by an export and imports the
 * difference. Prints what it counted and the most memory the process ever had, in KiB.
 */
const [folder = '', count = '0'] = process.argv.slice(2);
const rows = Number(count);
const signal = AbortSignal.timeout(600_000);

const file = createWriteStream(join(folder, 'InputFile.txt'));
file.write(`${columns.join(';')}\n`);
for (let n = 0; n < rows; n++) {
  const id = `00000000-0000-4000-8000-${String((n * 7919) % rows).padStart(12, '0')}`;
  if (!file.write(`${id};True;Person number ${n};${n};Engineer;user${n};user${n}@contoso.example\n`))
    await once(file, 'drain');
}
file.end();
await once(file, 'finish');

const connector = connect(folder);
const schema = selectSchema(await connector.schema(signal), {});

async function importAll(
  mode: 'full' | 'delta',
  watermark?: string,
): Promise<{ entries: number; watermark: string | undefined }> {
  const step = { schema, pageSize: 500, ...(watermark === undefined ? {} : { watermark }) };
  const pages = importPages(connector, mode, step, { clock: systemClock, logger: silentLogger }, signal);
  for (let entries = 0; ; ) {
    const { done, value } = await pages.next();
    if (done === true) return { entries, watermark: value };
    entries += value.entries.length;
  }
}

const full = await importAll('full');
const run = await connector.export?.({ schema }, signal);
await run?.putEntries([entry('Delete', '00000000-0000-4000-8000-000000000001'), entry('Add', 'new')], signal);
await run?.close('Normal', signal);
const delta = await importAll('delta', full.watermark);
process.stdout.write(
  JSON.stringify({ full: full.entries, delta: delta.entries, peak: process.resourceUsage().maxRSS }),
);
