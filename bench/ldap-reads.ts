/*
 * Full imports from a directory: what our reading takes against the library that most programs use and against a decoder written by hand,
 * neither of which stores anybody; what a host takes that stores everybody; and what memory that needs, for many people and for ten times as
 * many. Usage: node bench/ldap-reads.ts [--people 100000] [--many 1000000] [--rounds 5]. Memory is read from /proc, on Linux only.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bulkLoad } from '../testing/directories/bulk-load.ts';
import { ldapmodify } from '../testing/directories/commands.ts';
import { type Slapd, startSlapd } from '../testing/directories/slapd.ts';
import { mostWhile } from './host/process-memory.ts';
import { deltaReader } from './ldap/delta-reader.ts';
import { parametersFor } from './ldap/import-reader.ts';
import type { Place } from './ldap/place.ts';
import { median, printRow } from './row.ts';
import { ServerProcess } from './server-process.ts';

const { values: words } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    many: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    profile: { type: 'string' },
  },
});
const bench = 'ldap-reads';
const people = Number(words.people);
const many = Number(words.many);
const rounds = Number(words.rounds);
const peopleText = people.toLocaleString('en');
const mostMegabytes = 250;

type Contender = 'import' | 'library' | 'hand';

const undo: (() => Promise<void>)[] = [];
const folder = await mkdtemp(join(tmpdir(), 'joinery-bench-'));
undo.push(() => rm(folder, { recursive: true, force: true }));
try {
  const slapd = await filledSlapd(people);
  const library = await encryptedRows(slapd);
  await clearRow(slapd);
  await nothingNewRow(slapd);
  const memory = await storingRows(slapd, library);
  if (many > people) await flatRow(memory);
} finally {
  for (const each of undo.reverse()) await each();
}

async function filledSlapd(count: number): Promise<Slapd> {
  const slapd = await startSlapd({ sizeLimit: 'unlimited' }, (later) => void undo.push(later));
  await bulkLoad(slapd, count);
  return slapd;
}

function placeOf(slapd: Slapd, encrypted: boolean): Place {
  const { host, caFile, suffix, admin } = slapd;
  const port = encrypted ? slapd.ldapsPort : slapd.port;
  return { host, port, encrypted, caFile, user: admin.dn, password: admin.password, base: `ou=people,${suffix}` };
}

/** Objects by second over LDAPS. @returns those of the library, a figure a round */
async function encryptedRows(slapd: Slapd): Promise<readonly number[]> {
  const rates = await readingRates(placeOf(slapd, true), ['import', 'library', 'hand']);
  const name = `LDAPS reading of ${peopleText} people`;
  compare(name, rates.import, rates.library, 'ldapts', 1.5);
  compare(name, rates.import, rates.hand, 'a decoder by hand', undefined);
  return rates.library;
}

async function clearRow(slapd: Slapd): Promise<void> {
  const rates = await readingRates(placeOf(slapd, false), ['import', 'library', 'hand']);
  const name = `LDAP reading of ${peopleText} people`;
  compare(name, rates.import, rates.hand, 'a decoder by hand', 0.9);
  compare(name, rates.import, rates.library, 'ldapts', undefined);
}

/** A delta import that finds nothing, behind a log of some thousand changes. */
async function nothingNewRow(slapd: Slapd): Promise<void> {
  const changes = Array.from({ length: Math.min(people, 5000) }, (_, n) => {
    const uid = `u${String(n + 1).padStart(7, '0')}`;
    return `dn: uid=${uid},ou=people,${slapd.suffix}\nchangetype: modify\nreplace: title\ntitle: Engineer\n`;
  });
  await ldapmodify(slapd, changes.join('\n'));
  const reader = await deltaReader(placeOf(slapd, true));
  try {
    const times: number[] = [];
    for (let turn = 0; turn < 200; turn += 1) {
      const began = performance.now();
      const told = await reader.next();
      times.push(performance.now() - began);
      if (told > 0) throw new Error(`A delta import tells ${told} objects, and nothing has changed.`);
    }
    const middle = median(times.slice(50));
    printRow({
      bench,
      name: `LDAPS delta import with nothing new, of ${peopleText} people`,
      figure: Number(middle.toFixed(2)),
      unit: 'ms',
      limit: null,
      ratio: null,
      goal: '≤ 5 ms',
      met: middle <= 5,
    });
  } finally {
    await reader.close();
  }
}

async function readingRates(
  place: Place,
  contenders: readonly Contender[],
): Promise<Readonly<Record<Contender, readonly number[]>>> {
  const file = await placeFile(place);
  const rates = { import: [] as number[], library: [] as number[], hand: [] as number[] };
  const servers = new Map<Contender, ServerProcess>();
  try {
    for (const each of contenders) servers.set(each, await start('ldap-reader', [file, each]));
    // Round 0 does not count: caches of the server, compiled code.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [contender, server] of servers) {
        const { milliseconds = Number.NaN, people: read } = await server.ask('read');
        if (read !== people) throw new Error(`${contender} has read ${read} of ${people} people.`);
        if (round > 0) rates[contender].push((people / milliseconds) * 1000);
      }
    }
  } finally {
    for (const server of servers.values()) await server.stop();
  }
  console.error(JSON.stringify(Object.fromEntries(contenders.map((each) => [each, rates[each].map(Math.round)]))));
  return rates;
}

/** A host of its own each round. @returns the most memory, in MB, of a first import */
async function storingRows(slapd: Slapd, library: readonly number[]): Promise<number> {
  const rates: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { rate, most } = await storing(slapd, `${round}`, people);
    rates.push(rate);
    memory.push(most);
  }
  const name = `LDAPS full import of ${peopleText} people into the space`;
  compare(name, rates, library, 'ldapts that stores nobody', 0.6);
  const most = median(memory);
  printRow({
    bench,
    name: `${name}: memory of the host`,
    figure: Math.round(most),
    unit: 'MB',
    limit: null,
    ratio: null,
    goal: `≤ ${mostMegabytes} MB`,
    met: most <= mostMegabytes,
  });
  return most;
}

async function flatRow(memory: number): Promise<void> {
  const slapd = await filledSlapd(many);
  const { rate, most } = await storing(slapd, 'many', many);
  console.error(`${many} people: ${Math.round(rate)} a second, ${Math.round(most)} MB`);
  const ratio = most / memory;
  printRow({
    bench,
    name: `LDAPS full import of ${many.toLocaleString('en')} people: memory of the host`,
    figure: Math.round(most),
    unit: 'MB',
    limit: { name: `${peopleText} people`, figure: Math.round(memory) },
    ratio: Number(ratio.toFixed(2)),
    goal: '≤ 1.25',
    met: ratio <= 1.25,
  });
}

/** The first import of a new host. */
async function storing(slapd: Slapd, name: string, count: number): Promise<{ rate: number; most: number }> {
  const place = placeOf(slapd, true);
  const file = join(folder, `host-${name}.json`);
  const parameters = { ...parametersFor(place), 'Allow manual anchor selection': true };
  await writeFile(file, JSON.stringify({ parameters, password: place.password }), { mode: 0o600 });
  const host = await start('ldap-host', [file, name, 'all']);
  try {
    const { most, value } = await mostWhile(host.pid, host.ask('settled'));
    if (value.adds !== count)
      throw new Error(`${value.adds} of ${count} people were imported, ${value.failed} failed.`);
    return { rate: (count / (value.milliseconds ?? Number.NaN)) * 1000, most };
  } finally {
    await host.stop();
    await rm(join(folder, `ldap-host-${name}`), { recursive: true, force: true });
  }
}

async function placeFile(place: Place): Promise<string> {
  const file = join(folder, `${place.encrypted ? 'ldaps' : 'ldap'}.json`);
  await writeFile(file, JSON.stringify(place), { mode: 0o600 });
  return file;
}

function start(script: string, scriptArguments: readonly string[]): Promise<ServerProcess> {
  const nodeOptions = words.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${words.profile}`];
  return ServerProcess.start({ name: script, script, arguments: scriptArguments, folder, nodeOptions });
}

function compare(
  name: string,
  own: readonly number[],
  limit: readonly number[],
  limitName: string,
  goal: number | undefined,
): void {
  const ratio = median(own.map((rate, round) => rate / (limit[round] ?? Number.NaN)));
  printRow({
    bench,
    name,
    figure: Math.round(median(own)),
    unit: 'people/s',
    limit: { name: limitName, figure: Math.round(median(limit)) },
    ratio: Number(ratio.toFixed(2)),
    goal: goal === undefined ? 'none' : `≥ ${goal.toFixed(2)}`,
    met: goal === undefined || ratio >= goal,
  });
}
