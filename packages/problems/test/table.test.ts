import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { errorsPage, type ProblemDefinition, problemTable } from '../src/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const tableFolder = join(root, 'packages', 'problems', 'src', 'table');
const table = Object.entries<ProblemDefinition>(problemTable);

/** Every source file of the product but the table itself. */
function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'test'].includes(entry.name) && path !== tableFolder) yield* sources(path);
    } else if (/\/src\/.*\.ts$/.test(path)) yield path;
  }
}

const text = [...sources(join(root, 'packages')), ...sources(join(root, 'examples'))]
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const used = new Set([...text.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map(([, code]) => code));

describe('the table of errors, its uses and its page', () => {
  test.each(table.map(([code]) => code))('%s is raised somewhere', (code) => {
    expect(used).toContain(code);
  });

  test('the reference page is what the table prints (tools/print-errors.ts)', () => {
    expect(readFileSync(join(root, 'docs', 'reference', 'errors.md'), 'utf8')).toBe(errorsPage());
  });

  test('every code stands in the file of the room that its first word names', async () => {
    for (const [room, codes] of await roomTables()) {
      for (const code of codes) {
        const word = code.slice(0, code.indexOf('_')).toLowerCase();
        expect(room.startsWith(word), `${code} in ${room}.ts`).toBe(true);
      }
    }
  });

  test('no room hides a code of another, and no room is left out', async () => {
    const written = [...(await roomTables()).values()].flat();
    expect(written.sort()).toEqual(table.map(([code]) => code).sort());
  });
});

/** The codes of each room's own file, by room. */
async function roomTables(): Promise<ReadonlyMap<string, readonly string[]>> {
  const rooms = new Map<string, readonly string[]>();
  for (const file of readdirSync(tableFolder)) {
    const exported: unknown = await import(join(tableFolder, file));
    rooms.set(
      basename(file, '.ts'),
      Object.values(Object(exported)).flatMap((entries) => Object.keys(Object(entries))),
    );
  }
  return rooms;
}

describe.each(table)('%s', (code, { title, fix, status, kind, retry, scimType }) => {
  test('has a code of words, a title and a fix that are sentences', () => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)+$/);
    for (const sentence of [title, fix]) expect(sentence).toMatch(/^[A-Z].*[.]$/);
    expect(title).not.toMatch(/\n/);
  });

  test('has a status that fits its kind and its SCIM type', () => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    if (kind === 'internal') expect(status).toBeGreaterThanOrEqual(500);
    // RFC 7644 table 9: a scimType says more about a 400 or a 409 (uniqueness), or a 412 or 413.
    if (scimType !== undefined) expect([400, 403, 404, 409, 412, 413]).toContain(status);
    if (scimType === 'uniqueness') expect(status).toBe(409);
    // RFC 6585 4: who is told 429 may come again.
    if (status === 429) expect(retry).not.toBe('never');
  });
});
