/*
 * Kills connector hosts at random moments of a mixed load of writes and imports, and holds what is left against what callers were told.
 * Usage: npm run faults, npm run faults -- 50, npm run faults -- 1 --seed 4711 (one round again).
 * A round is as reproducible as the operating system lets it be: the seed fixes the load, the moment of the kill and the writes, not the scheduling.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } },
});
const [rounds = '200'] = positionals;
if (!/^[1-9]\d{0,5}$/.test(rounds) || !/^\d{1,9}$/.test(values.seed)) {
  console.error('Usage: npm run faults -- [rounds, 1 to 999999] [--seed number]');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'joinery-faults-'));
const report = join(folder, 'rounds.jsonl');
process.env.JOINERY_FAULT_ROUNDS = rounds;
process.env.JOINERY_FAULT_SEED = values.seed;
process.env.JOINERY_FAULT_REPORT = report;
console.log(`${rounds} rounds from seed ${values.seed} on`);
const vitest = await startVitest('test', ['packages/host/test/random-kills.test.ts'], {
  watch: false,
  // The rounds need no database; after five failures more of them say nothing new.
  globalSetup: [],
  bail: 5,
});
await vitest.close();

const totals = { rounds: 0, kills: 0, confirmed: 0, cutOff: 0, uncertain: 0 };
for (const line of readFileSync(report, { encoding: 'utf8', flag: 'a+' }).split('\n')) {
  if (line === '') continue;
  const round: Record<'confirmed' | 'cutOff' | 'uncertain', number> & { killedAgain: boolean } = JSON.parse(line);
  totals.rounds += 1;
  totals.kills += round.killedAgain ? 2 : 1;
  totals.confirmed += round.confirmed;
  totals.cutOff += round.cutOff;
  totals.uncertain += round.uncertain;
}
rmSync(folder, { recursive: true, force: true });
console.log(
  `${totals.rounds} of ${rounds} rounds held, with ${totals.kills} kills: ${totals.confirmed} confirmed writes are all there and nothing else is; ` +
    `${totals.cutOff} writes were cut off, of which ${totals.uncertain} nothing could decide and were shown as uncertain.`,
);
