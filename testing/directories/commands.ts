import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account, Directory } from './directory.ts';
import { type ProgramResult, runToEnd } from './run-program.ts';

/** An entry as `ldapsearch` tells it: text by attribute name in the server's own spelling, and bytes where it wrote base64. */
export interface SearchedEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** The truth about a directory, read past our own code by the programs of OpenLDAP. */
export type Reach = Pick<Directory, 'ldapsUrl' | 'caFile' | 'folder' | 'admin'>;

/**
 * Runs a client program of OpenLDAP against a server over LDAPS; the password goes through a file, never the arguments.
 * @param args the program's own arguments, without those of connection and bind
 * @param input LDIF for `ldapadd`, `ldapmodify`, `ldapdelete`
 */
export async function command(
  server: Reach,
  program: 'ldapsearch' | 'ldapadd' | 'ldapmodify' | 'ldapdelete' | 'ldapwhoami' | 'ldapcompare' | 'ldappasswd',
  args: readonly string[],
  options: { readonly as?: Account; readonly input?: string } = {},
): Promise<ProgramResult> {
  const { dn, password } = options.as ?? server.admin;
  const secret = join(server.folder, `password-${randomUUID()}`);
  writeFileSync(secret, password, { mode: 0o600 });
  try {
    return await runToEnd(program, ['-x', '-H', server.ldapsUrl, '-D', dn, '-y', secret, ...args], {
      environment: { LDAPTLS_CACERT: server.caFile, LDAPTLS_REQCERT: 'demand' },
      ...(options.input === undefined ? {} : { input: options.input }),
    });
  } finally {
    rmSync(secret, { force: true });
  }
}

/**
 * The entries that a search finds, in the server's order, with paging so that no usual limit binds.
 * @param attributes all of the user's by default; name operational ones, or `+`
 * @returns none when the base is not there
 */
export async function ldapsearch(
  server: Reach,
  base: string,
  options: {
    readonly scope?: 'base' | 'one' | 'sub';
    readonly filter?: string;
    readonly attributes?: readonly string[];
    readonly as?: Account;
    /** Further arguments of the program, such as `-E` controls. */
    readonly args?: readonly string[];
  } = {},
): Promise<SearchedEntry[]> {
  const { scope = 'sub', filter = '(objectClass=*)', attributes = [], args = ['-E', 'pr=500/noprompt'] } = options;
  const words = ['-LLL', '-o', 'ldif-wrap=no', ...args, '-b', base, '-s', scope, filter, ...attributes];
  const { code, out, err } = await command(
    server,
    'ldapsearch',
    words,
    options.as === undefined ? {} : { as: options.as },
  );
  if (code === 32) return [];
  if (code !== 0) throw new Error(`ldapsearch ended with ${code}: ${err}`);
  return parseLdif(out);
}

/** Adds entries told as LDIF. @throws Error with what the server said when one is refused */
export async function ldapadd(server: Reach, ldif: string, as?: Account): Promise<void> {
  await write(server, 'ldapadd', [], ldif, as);
}

/** Carries out changes told as LDIF change records. @throws Error with what the server said when one is refused */
export async function ldapmodify(server: Reach, ldif: string, as?: Account): Promise<void> {
  await write(server, 'ldapmodify', [], ldif, as);
}

/** Deletes an entry with everything below it, if it is there. */
export async function deleteTree(server: Reach, dn: string): Promise<void> {
  const { code, err } = await command(server, 'ldapdelete', ['-r', dn]);
  if (code !== 0 && code !== 32) throw new Error(`ldapdelete ended with ${code}: ${err}`);
}

async function write(
  server: Reach,
  program: 'ldapadd' | 'ldapmodify',
  args: readonly string[],
  input: string,
  as: Account | undefined,
): Promise<void> {
  const { code, err } = await command(server, program, args, as === undefined ? { input } : { input, as });
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${err}`);
}

/** The entries of LDIF without folded lines (RFC 2849), as `ldapsearch` writes it. */
export function parseLdif(text: string): SearchedEntry[] {
  const entries: SearchedEntry[] = [];
  for (const block of text.split(/\n\n+/)) {
    const attributes: Record<string, string[]> = {};
    let dn: string | undefined;
    for (const line of block.split('\n')) {
      const [, name, base64, value = ''] = /^([A-Za-z][^:]*):(:?) ?(.*)$/.exec(line) ?? [];
      if (name === undefined) continue;
      const plain = base64 === ':' ? Buffer.from(value, 'base64').toString('utf8') : value;
      if (dn === undefined && name === 'dn') dn = plain;
      else attributes[name] = [...(attributes[name] ?? []), plain];
    }
    if (dn !== undefined) entries.push({ dn, attributes });
  }
  return entries;
}
