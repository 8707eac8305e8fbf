import { entryFor, withText } from './entries.ts';
import type { ContractFixture } from './fixture.ts';
import { Session } from './session.ts';

/*
 * The process that the kill test ends: it exports batches to the target in a folder until it is killed, and prints a line after each.
 * Arguments: URL of the fixture's module, folder, batch size.
 */
const [module = '', folder = '', size = '1'] = process.argv.slice(2);

const loaded: unknown = await import(module);
if (!isFixtureModule(loaded)) throw new Error(`${module} does not export a fixture.`);
const { fixture } = loaded;

const session = await Session.reopen(fixture, folder);
const run = await session.openExport();
for (let batch = 0; ; batch++) {
  const objects = Array.from({ length: Number(size) }, (_, index) => fixture.object(batch * Number(size) + index));
  await run.putEntries(
    objects.map((object) => entryFor(fixture, 'Add', object)),
    session.signal,
  );
  await run.putEntries(
    objects.map((object) => entryFor(fixture, 'Replace', withText(fixture, object, 'replaced'))),
    session.signal,
  );
  process.stdout.write(`${batch}\n`);
}

function isFixtureModule(value: unknown): value is { readonly fixture: ContractFixture } {
  return typeof value === 'object' && value !== null && 'fixture' in value && typeof value.fixture === 'object';
}
