/*
 * Writes into a directory: SCIM in, LDAP out, through a host, into an OpenLDAP that waits for the disk at every write; against a bare
 * ldapts that keeps sixteen writes on their way over one connection. And what a member costs in a small group and a large one.
 * Usage: node bench/ldap-writes.ts [--writes 1000] [--rounds 5] [--people 100000] [--members 100000] [--forms 1x16,2x8]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bulkLoad } from '../testing/directories/bulk-load.ts';
import { startSlapd } from '../testing/directories/slapd.ts';
import { BareWriter } from './ldap/bare-writer.ts';
import { memberCosts } from './ldap/member-costs.ts';
import { ScimWriter } from './ldap/scim-writer.ts';
import { median, printRow } from './row.ts';
import { ServerProcess } from './server-process.ts';

const { values: words } = parseArgs({
  options: {
    writes: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    people: { type: 'string', default: '100000' },
    members: { type: 'string', default: '100000' },
    forms: { type: 'string', default: '1x16' },
    concurrency: { type: 'string', default: '64' },
    profile: { type: 'string' },
  },
});
const bench = 'ldap-writes';
const writes = Number(words.writes);
const operations = ['add', 'modify', 'rename', 'delete'] as const;
type Operation = (typeof operations)[number];

/** Writes a round of one operation; each contender has entries of its own. */
interface Writer {
  readonly name: string;
  write(operation: Operation, round: number, count: number): Promise<void>;
  close(): Promise<void>;
}

const undo: (() => Promise<void>)[] = [];
try {
  const slapd = await startSlapd({ durable: true }, (later) => void undo.push(later));
  await bulkLoad(slapd, Number(words.people));
  const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const bare = await BareWriter.open(slapd, 16);
  const writers: Writer[] = [bare];
  for (const form of words.forms.split(',')) writers.push(await hostWriter(slapd, folder, form));
  undo.push(async () => {
    for (const writer of writers) await writer.close();
  });
  const rates = new Map(writers.map((writer) => [writer, new Map(operations.map((each) => [each, [] as number[]]))]));
  // A first round that does not count: schema, connections, compiled code.
  for (const writer of writers) for (const operation of operations) await writer.write(operation, 0, 100);
  for (let round = 1; round <= Number(words.rounds); round += 1) {
    for (const operation of operations) {
      // Whoever begins has the warmer disk.
      for (const writer of round % 2 === 0 ? writers : writers.toReversed()) {
        const started = performance.now();
        await writer.write(operation, round, writes);
        rates
          .get(writer)
          ?.get(operation)
          ?.push((writes / (performance.now() - started)) * 1000);
      }
    }
  }
  const limits = rates.get(bare);
  for (const writer of writers.slice(1)) {
    for (const operation of operations) {
      const own = rates.get(writer)?.get(operation) ?? [];
      const limit = limits?.get(operation) ?? [];
      const ratio = median(own.map((rate, round) => rate / (limit[round] ?? Number.NaN)));
      printRow({
        bench,
        name: `LDAP ${operation} of ${writes.toLocaleString('en')}, ${writer.name}`,
        figure: Math.round(median(own)),
        unit: 'writes/s',
        limit: { name: bare.name, figure: Math.round(median(limit)) },
        ratio: Number(ratio.toFixed(2)),
        goal: '≥ 0.90',
        met: ratio >= 0.9,
      });
      console.error(`${operation}, ${writer.name}: ${own.map(Math.round)}; bare: ${limit.map(Math.round)}`);
    }
  }
  const { small, large } = await memberCosts(slapd, Number(words.members));
  const ratio = large / small;
  printRow({
    bench,
    name: `LDAP one member more, group of ${Number(words.members).toLocaleString('en')}`,
    figure: Math.round(large),
    unit: 'µs of ours',
    limit: { name: '10 members', figure: Math.round(small) },
    ratio: Number(ratio.toFixed(2)),
    goal: '≤ 1.25',
    met: ratio <= 1.25,
  });
} finally {
  for (const each of undo.reverse()) await each();
}

async function hostWriter(
  slapd: Awaited<ReturnType<typeof startSlapd>>,
  folder: string,
  form: string,
): Promise<Writer> {
  const [connections = '1', window = '16'] = form.split('x');
  const file = join(folder, `${form}.json`);
  const container = `ou=people,${slapd.suffix}`;
  const parameters = {
    Host: slapd.host,
    Port: slapd.ldapsPort,
    Binding: 'SSL',
    'CA File': slapd.caFile,
    'User Name': slapd.admin.dn,
    Containers: container,
    'Import Filter': '(employeeType=none)',
    'Allow manual anchor selection': true,
    'Auxiliary Classes': 'inetOrgPerson=posixAccount',
    'Export Connections': connections,
    'Export Window': window,
  };
  await writeFile(file, JSON.stringify({ parameters, password: slapd.admin.password }), { mode: 0o600 });
  const server = await ServerProcess.start({
    name: `host ${form}`,
    script: 'ldap-host',
    arguments: [file, form],
    folder,
    nodeOptions: words.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${words.profile}`],
  });
  return new ScimWriter(server, container, form, Number(words.concurrency));
}
