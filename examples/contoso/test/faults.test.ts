import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { accountsIn, runDemoProcess } from './run-demo.ts';

/** The fail-points on the way of the demo, and for those in a loop a later visit too: in the middle of the initial cycle. */
const points = [
  'engine.cycle.opened',
  'engine.intents.before',
  'engine.intents.after',
  'engine.write.before',
  'engine.write.after@9',
  'engine.outcomes.before',
  'engine.outcomes.after',
  'engine.phase.changed',
  'engine.cycle.closing',
  'engine.cycle.closed',
  'host.journal.before',
  'host.journal.after@5',
  'host.call.before',
  'host.call.after@3',
  'host.commit.before@2',
  'host.commit.after',
  'host.stage.before',
  'host.flip.before',
  'host.flip.after',
  'csv.write.before@2',
  'csv.rename.before',
  'csv.rename.after@3',
];

test.each(points)(
  'the demo killed at %s and run again ends with one account per person',
  { timeout: 120_000 },
  async (point) => {
    const folder = join(await temporaryFolder(), 'demo');
    const words = ['--home', folder, '--json'];
    const killed = await runDemoProcess({ words, env: { JOINERY_FAIL_POINT: point } });
    expect(killed.signal).toBe('SIGKILL');

    const again = await runDemoProcess({ words });
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
    const accounts = await accountsIn(folder);
    expect(new Set(accounts).size).toBe(accounts.length);
    expect(accounts).toHaveLength(25);
    expect(accounts).toContain('lukasz.zolc@contoso.example False');
    expect(accounts).toContain('noa.levi@contoso.example False');
    expect(accounts.some((account) => account.startsWith('null@'))).toBe(false);
    expect(again.stdout).toContain('A cycle with nothing changed (incremental): nothing to do, nothing written.');
  },
);
