import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { entryFor, sorted, withText } from './entries.ts';
import type { ContractFixture } from './fixture.ts';
import { Session } from './session.ts';

/** A process killed while it exports: nothing it was told is done is lost, and no object is half there. */
export function killTests(fixture: ContractFixture): void {
  const batch = Math.min(5, fixture.traits.batchSize);

  describe('kill', () => {
    test.each([1, 3])(
      'between batches, after %i of them: every object is wholly there or not, and the next export works',
      async (after) => {
        const started = await Session.start(fixture);
        await started.leave();
        const done = await exportUntilKilled(fixture, started.folder, batch, after);
        await using session = await Session.reopen(fixture, started.folder);

        const objects = await session.target.read();
        for (const object of objects) {
          const n = Array.from({ length: (done + 2) * batch }, (_, index) => index).find(
            (i) => fixture.object(i).anchor === object.anchor,
          );
          expect(n).toBeDefined();
          const original = fixture.object(n ?? 0);
          expect([original, withText(fixture, original, 'replaced')]).toContainEqual(object);
        }
        const confirmed = Array.from({ length: done * batch }, (_, n) =>
          withText(fixture, fixture.object(n), 'replaced'),
        );
        for (const object of confirmed) expect(objects).toContainEqual(object);

        const next = fixture.object((done + 2) * batch);
        expect(await session.export([entryFor(fixture, 'Add', next)])).toMatchObject([{ errorCode: 'Success' }]);
        expect(sorted(await session.target.read())).toEqual(sorted([...objects, next]));
      },
    );
  });
}

/**
 * Lets a child process export until it has reported `after` batches, and kills it.
 * @returns how many batches it reported in all
 */
async function exportUntilKilled(
  fixture: ContractFixture,
  folder: string,
  batch: number,
  after: number,
): Promise<number> {
  const program = fileURLToPath(siblingModule(import.meta.url, './kill-child'));
  const child = spawn(process.execPath, [program, fixture.module, folder, String(batch)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  let done = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    done += 1;
    if (done === after) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  if (signal !== 'SIGKILL') throw new Error(`The exporting process ended by itself: ${errors.join('')}`);
  return done;
}
