/*
 * Kills connector hosts at random moments of a mixed load of writes and imports, and holds what is left against what callers were told.
 * Then kills, freezes and fills directory servers, and cuts connections to them, at random moments of imports, deltas and exports.
 * Usage: npm run faults, npm run faults -- 50, npm run faults -- --ldap, npm run faults -- --hosts 1 --seed 4711 (one round again).
 * A round is as reproducible as the operating system lets it be: the seed fixes the load, the moment of the kill and the writes, not the scheduling.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    hosts: { type: 'boolean', default: false },
    ldap: { type: 'boolean', default: false },
  },
});
const [rounds] = positionals;
if (!/^[1-9]\d{0,5}$/.test(rounds ?? '1') || !/^\d{1,9}$/.test(values.seed)) {
  console.error('Usage: npm run faults -- [--hosts] [--ldap] [rounds, 1 to 999999] [--seed number]');
  process.exit(2);
}
const both = values.hosts === values.ldap;
if (both || values.hosts) await killHosts(rounds ?? '200');
if (both || values.ldap) await strikeDirectories(rounds ?? '100');

async function killHosts(count: string): Promise<void> {
  process.env.JOINERY_FAULT_ROUNDS = count;
  const lines = await run(count, 'packages/host/test/random-kills.test.ts');
  const totals = { kills: 0, confirmed: 0, cutOff: 0, uncertain: 0 };
  for (const line of lines) {
    const round: Record<'confirmed' | 'cutOff' | 'uncertain', number> & { killedAgain: boolean } = JSON.parse(line);
    totals.kills += round.killedAgain ? 2 : 1;
    totals.confirmed += round.confirmed;
    totals.cutOff += round.cutOff;
    totals.uncertain += round.uncertain;
  }
  console.log(
    `${lines.length} of ${count} rounds held, with ${totals.kills} kills: ${totals.confirmed} confirmed writes are all there and nothing else is; ` +
      `${totals.cutOff} writes were cut off, of which ${totals.uncertain} nothing could decide and were shown as uncertain.`,
  );
}

async function strikeDirectories(count: string): Promise<void> {
  process.env.JOINERY_LDAP_FAULT_ROUNDS = count;
  const lines = await run(count, 'packages/connectors/ldap/test/fault/random-faults.test.ts');
  const times = new Map<string, number>();
  for (const line of lines) {
    const { fault, phase }: Record<'fault' | 'phase', string> = JSON.parse(line);
    times.set(`${fault} during ${phase}`, (times.get(`${fault} during ${phase}`) ?? 0) + 1);
  }
  console.log(
    `${lines.length} of ${count} rounds held: after each, one cycle made everything right and a further one wrote nothing.`,
  );
  for (const [what, number] of [...times].sort()) console.log(`  ${number} × ${what}`);
}

/** Runs a test file whose rounds write one line each. @returns the lines of those that held */
async function run(count: string, file: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'joinery-faults-'));
  const report = join(folder, 'rounds.jsonl');
  process.env.JOINERY_FAULT_SEED = values.seed;
  process.env.JOINERY_FAULT_REPORT = report;
  console.log(`${count} rounds of ${file} from seed ${values.seed} on`);
  const vitest = await startVitest('test', [file], {
    watch: false,
    // The rounds need none of the run's servers; after five failures more of them say nothing new.
    globalSetup: [],
    bail: 5,
  });
  await vitest.close();
  const lines = readFileSync(report, { encoding: 'utf8', flag: 'a+' }).split('\n');
  rmSync(folder, { recursive: true, force: true });
  return lines.filter((line) => line !== '');
}
