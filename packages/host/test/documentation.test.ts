import { readFile } from 'node:fs/promises';
import { FEATURES, parseConnectorFile } from '@joinery/host';
import { expect, test } from 'vitest';

const page = await readFile(new URL('../../../docs/connector-files.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) => yaml ?? '');

test('the page about connector files shows files that can be read', () => {
  expect(examples).toHaveLength(2);
  const [small, large] = examples.map((yaml) => parseConnectorFile(yaml, 'x', 'docs/connector-files.md'));
  expect(small?.types[0]).toMatchObject({ resource: 'User', anchor: ['Id'], queryAttribute: 'UserName' });
  expect(large?.types.map(({ resource }) => resource)).toEqual(['User', 'Group', 'Site']);
});

test('it names every member of a connector file, of a type and every feature', () => {
  const file = parseConnectorFile(examples[0] ?? '', 'x', 'x');
  const { name: _, ...members } = file;
  const [type] = file.types;
  for (const member of [...Object.keys(members), ...Object.keys(type ?? {}), ...FEATURES]) {
    expect(page).toContain(`\`${member}\``);
  }
});
