import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { problem } from '@joinery/problems';
import { type Clock, createToken, pause, type Random, withDeadline } from '@joinery/runtime';
import { adminDn, firstEntries, hashed, slapdConfig } from './slapd-config.ts';
import type { SlapdPrograms } from './slapd-programs.ts';

/** Milliseconds that slapd may take until it answers. */
const startDeadline = 15_000;

export interface Slapd extends AsyncDisposable {
  readonly port: number;
  readonly adminPassword: string;
  /** The command that starts it again, for people to type. */
  readonly command: string;
  /** What `ldapsearch` prints of the entries below a base, non-ASCII values readable. */
  search(base: string, filter: string, attributes: readonly string[]): string;
}

/** What is needed to start a server on a folder. */
export interface SlapdOptions {
  /** Keeps configuration and data; what an earlier demo left there goes on. */
  readonly folder: string;
  readonly programs: SlapdPrograms;
  /** The entries of a new directory. */
  readonly people: Parameters<typeof firstEntries>[0];
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/**
 * Starts a slapd of the demo's own on a free port of 127.0.0.1.
 * @throws CLI_DEMO_SERVER_FAILED with what slapd says
 */
export async function startSlapd({ folder, programs, people, clock, random, signal }: SlapdOptions): Promise<Slapd> {
  const config = join(folder, 'config');
  const database = join(folder, 'data');
  const passwordFile = join(folder, 'admin-password');
  if (!existsSync(passwordFile)) {
    // A set-up that was cut off has no password file yet and begins anew.
    rmSync(folder, { recursive: true, force: true });
    for (const each of [config, database]) mkdirSync(each, { recursive: true, mode: 0o700 });
    const password = createToken(random);
    load(programs, config, 0, slapdConfig(programs, database, hashed(password, random)));
    load(programs, config, 1, firstEntries(people));
    // Without a line end: ldapsearch takes every byte of it.
    writeFileSync(passwordFile, password, { mode: 0o600 });
  }
  endLeftOver(folder);
  const port = await freePort();
  const words = ['-F', config, '-h', `ldap://127.0.0.1:${port}/`, '-d', '0'];
  const child = spawn(programs.slapd, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  writeFileSync(pidFile(folder), `${child.pid}\n`);
  await answers(child, port, clock, signal);
  return {
    port,
    adminPassword: readFileSync(passwordFile, 'utf8'),
    command: [programs.slapd, ...words].join(' '),
    search: (base, filter, attributes) =>
      readable(
        run(programs.ldapsearch, [
          ...['-x', '-LLL', '-o', 'ldif-wrap=no', '-H', `ldap://127.0.0.1:${port}`],
          ...['-D', adminDn, '-y', passwordFile, '-b', base, filter, ...attributes],
        ]),
      ),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      rmSync(pidFile(folder), { force: true });
    },
  };
}

/** Adds LDIF to a database of a server that does not run. */
function load({ slapadd }: SlapdPrograms, config: string, database: number, ldif: string): void {
  run(slapadd, ['-F', config, '-n', String(database)], ldif);
}

/** @throws CLI_DEMO_SERVER_FAILED */
function run(program: string, words: readonly string[], input = ''): string {
  const { status, error, stdout, stderr } = spawnSync(program, words, { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status === 0) return stdout;
  throw problem('CLI_DEMO_SERVER_FAILED', error?.message ?? lastLine(stderr), { place: program });
}

/** Waits until the server takes connections. @throws CLI_DEMO_SERVER_FAILED when it ends instead */
async function answers(child: ChildProcess, port: number, clock: Clock, signal: AbortSignal): Promise<void> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  let failure: string | undefined;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', (code) => {
    failure ??= said === '' ? `It ended with ${code}.` : lastLine(said);
  });
  try {
    await withDeadline(clock, startDeadline, 'Starting slapd', signal, async (within) => {
      while (!(await accepts(port))) {
        if (failure !== undefined) throw problem('CLI_DEMO_SERVER_FAILED', failure, { place: 'slapd' });
        await pause(clock, 20, within);
      }
    });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => socket.destroy().once('close', () => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)));
    });
  });
}

function pidFile(folder: string): string {
  return join(folder, 'slapd.pid');
}

/** Ends the server that a demo which was killed has left behind; a database is for one server at a time. */
function endLeftOver(folder: string): void {
  if (!existsSync(pidFile(folder))) return;
  const pid = readFileSync(pidFile(folder), 'utf8').trim();
  const { error, stdout } = spawnSync('ps', ['-o', 'command=', '-p', pid], { encoding: 'utf8' });
  // The number may be another process's by now.
  if (error === undefined && stdout.includes(folder)) process.kill(Number(pid), 'SIGKILL');
  rmSync(pidFile(folder), { force: true });
}

/** LDIF writes what is not ASCII as base64; people read names. */
function readable(ldif: string): string {
  return ldif.replace(/^([\w.;-]+):: (.+)$/gm, (_, name: string, value: string) => {
    return `${name}: ${Buffer.from(value, 'base64').toString('utf8')}`;
  });
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
