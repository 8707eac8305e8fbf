import { randomUUID } from 'node:crypto';
import { type CSEntryChange, type CSEntryChangeResult, nameKey } from '@joinery/connector';
import { command, ldapsearch } from '../../../../../testing/directories/commands.ts';
import type { Directory } from '../../../../../testing/directories/directory.ts';
import { freshBase } from '../../../../../testing/directories/fresh-base.ts';
import type { Later } from '../../../../../testing/folder.ts';
import { accountRules } from '../../src/account/account-rules.ts';
import type { LdapSettings } from '../../src/configuration/settings.ts';
import type { EntryRules } from '../../src/export/entry-rules.ts';
import { openExport } from '../../src/export/export-run.ts';
import { lookup } from '../../src/lookup/lookup.ts';
import { passwordCapability } from '../../src/password/password-capability.ts';
import { add, never, Target, type Values } from '../export/target.ts';

/** A password that every policy of the tests takes, and nobody has used before. */
export function newPassword(): string {
  return `Aa1.${randomUUID()}`;
}

/** Accounts in a container of one test's own, by the connector as it is wired: with rules and passwords. */
export class Accounts {
  readonly server: Directory;
  readonly base: string;
  readonly target: Target;
  /** The class of people. */
  readonly type: string;
  readonly anchor: string;

  private constructor(server: Directory, base: string, target: Target) {
    this.server = server;
    this.base = base;
    this.target = target;
    this.type = server.kind === 'Samba' ? 'user' : 'inetOrgPerson';
    this.anchor = target.context.profile.uniqueId ?? 'entryDN';
  }

  static async in(server: Directory, later: Later, settings: Partial<LdapSettings> = {}): Promise<Accounts> {
    const base = await freshBase(server, later);
    const type = server.kind === 'Samba' ? 'user' : 'inetOrgPerson';
    const anchors = { OpenLDAP: 'entryUUID', 389: 'nsUniqueId', ApacheDS: 'entryUUID', Samba: 'objectGUID' };
    const types = [type, server.kind === 'Samba' ? 'group' : 'groupOfNames'];
    const options = { settings, types, anchors: [anchors[server.kind]] };
    return new Accounts(server, base, await Target.open(server, options, later));
  }

  get password() {
    return passwordCapability(async () => this.target.context);
  }

  dn(name: string): string {
    return `CN=${name},${this.base}`;
  }

  /** The Add of a person, with what the kind of server asks of one. */
  person(name: string, values: Values = {}): CSEntryChange {
    return add(this.type, this.dn(name), { ...(this.server.kind === 'Samba' ? {} : { sn: 'Smith' }), ...values });
  }

  async write(entry: CSEntryChange, rules?: EntryRules): Promise<CSEntryChangeResult> {
    const { context, schema } = this.target;
    const run = await openExport(context, { schema }, never, rules ?? accountRules(context));
    try {
      const [result] = await run.putEntries([entry], never);
      if (result === undefined) throw new Error('There is no result.');
      return result;
    } finally {
      await run.close('Normal', never);
    }
  }

  /** Makes a person. @returns the Add as the host hands it on to the second call: with the anchor that the server made */
  async made(name: string, values: Values = {}): Promise<CSEntryChange> {
    const entry = this.person(name, values);
    const { errorCode, errorDetail, anchorAttributes = [] } = await this.write(entry);
    if (errorCode !== 'Success') throw new Error(errorDetail ?? errorCode);
    return { ...entry, anchorAttributes };
  }

  /** Whether the server takes this password for the account's. */
  async signsIn(dn: string, password: string): Promise<boolean> {
    const { code, err } = await command(this.server, 'ldapsearch', ['-b', '', '-s', 'base', '1.1'], {
      as: { dn, password },
    });
    // 389 says of a disabled account that it is unwilling.
    if (code !== 0 && code !== 49 && code !== 53) throw new Error(`ldapsearch ended with ${code}: ${err}`);
    return code === 0;
  }

  /** Values of an entry, past our own code, by name in lower case. */
  async values(dn: string, ...attributes: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
    const [entry] = await ldapsearch(this.server, dn, { scope: 'base', attributes });
    return Object.fromEntries(Object.entries(entry?.attributes ?? {}).map(([name, all]) => [nameKey(name), all]));
  }

  /** What the connector itself reads of an account. */
  async disabled(entry: CSEntryChange): Promise<unknown> {
    const query = { schema: this.target.schema, objectType: entry.objectType, anchor: entry.anchorAttributes };
    const [found] = await lookup(this.target.context, query, never);
    return found?.attributeChanges.find(({ name }) => name === '_accountDisabled')?.valueChanges[0]?.value;
  }
}
