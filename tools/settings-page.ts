import { existsSync } from 'node:fs';
import { isSettingsTable, settingsMarkdown } from '@joinery/runtime';

/** The rooms that declare settings: the module of each and the table's name in it. */
const rooms = [
  { module: '../packages/host/src/index.ts', name: 'hostSettings' },
  { module: '../packages/service/src/index.ts', name: 'serviceSettings' },
] as const;

/** The reference page of every setting, in Markdown: a chapter per half of the product. */
export async function settingsPage(): Promise<string> {
  const chapters: string[] = [];
  for (const { module, name } of rooms) {
    const url = new URL(module, import.meta.url);
    if (!existsSync(url)) continue;
    const exported: unknown = await import(url.href);
    const table = new Map<string, unknown>(Object.entries(Object(exported))).get(name);
    if (isSettingsTable(table)) chapters.push(settingsMarkdown(table));
  }
  return [
    '# Settings',
    '',
    'A setting is read from the command line, then from the environment, then from the YAML file of its half, then from its default; the first that has it wins.',
    'Unknown names are refused. Printed from the tables in the code by `tools/print-settings.ts`; change them there.',
    '',
    ...chapters,
  ].join('\n');
}
