import { type CSEntryChange, type ImportStep, importPages, type Schema, selectSchema } from '@joinery/connector';
import { type Clock, type Logger, silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { onTestFinished } from 'vitest';
import type { Account, Directory } from '../../../../../testing/directories/directory.ts';
import type { LdapSettings } from '../../src/configuration/settings.ts';
import { LdapConnector } from '../../src/connector.ts';
import { configured, reaching } from '../schema/offering.ts';

/** What an administrator selects. */
export interface Selected {
  readonly types: readonly string[];
  readonly attributes: readonly string[];
  readonly anchors?: readonly string[];
}

export interface Told {
  readonly entries: readonly CSEntryChange[];
  readonly watermark: string;
}

interface Options extends Partial<LdapSettings> {
  readonly as?: Account;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

/** A connector as a host uses it for delta imports. It keeps the watermark of the last import that ended normally. */
export class DeltaUnderTest {
  readonly connector: LdapConnector;
  readonly #selected: Selected;
  readonly #parts: { readonly clock: Clock; readonly logger: Logger };
  readonly signal = AbortSignal.timeout(60_000);
  #schema: Schema | undefined;
  watermark: string | undefined;

  constructor(settings: LdapSettings, selected: Selected, { clock = systemClock, logger = silentLogger }: Options) {
    this.#selected = selected;
    this.#parts = { clock, logger };
    this.connector = new LdapConnector(settings, { clock, random: systemRandom, logger, folder: '/' });
    onTestFinished(() => this.connector[Symbol.asyncDispose]());
  }

  async step(pageSize = 500): Promise<ImportStep> {
    this.#schema ??= selectSchema(await this.connector.schema(this.signal), this.#selected);
    const { watermark } = this;
    return { schema: this.#schema, pageSize, ...(watermark === undefined ? {} : { watermark }) };
  }

  async full(): Promise<Told> {
    return await this.#read('full', 500);
  }

  async delta(pageSize = 500): Promise<Told> {
    return await this.#read('delta', pageSize);
  }

  async #read(mode: 'full' | 'delta', pageSize: number): Promise<Told> {
    const pages = importPages(this.connector, mode, await this.step(pageSize), this.#parts, this.signal);
    const entries: CSEntryChange[] = [];
    for (;;) {
      const next = await pages.next();
      if (next.done === true) {
        this.watermark = next.value;
        return { entries, watermark: next.value ?? '' };
      }
      entries.push(...next.value.entries);
    }
  }
}

/** A real server over LDAPS, reading below `base` only. */
export function readingChanges(
  server: Directory,
  base: string,
  selected: Selected,
  options: Options = {},
): DeltaUnderTest {
  const { as: account = server.admin, logger, clock, ...settings } = options;
  const parameters = { ...reaching(server), 'User Name': account.dn };
  const parts = { ...(logger === undefined ? {} : { logger }), ...(clock === undefined ? {} : { clock }) };
  return new DeltaUnderTest(
    {
      ...configured(parameters, account.password),
      manualAnchorSelection: true,
      partitions: [{ dn: base, containers: [] }],
      ...settings,
    },
    selected,
    parts,
  );
}

/** A fake server, or a proxy on loopback, in clear. */
export function readingInClear(
  server: { readonly host: string; readonly port: number },
  selected: Selected,
  options: Options = {},
): DeltaUnderTest {
  const { logger, clock, as: account, ...settings } = options;
  const parts = { ...(logger === undefined ? {} : { logger }), ...(clock === undefined ? {} : { clock }) };
  const parameters = { Host: server.host, Port: String(server.port), Binding: 'Basic' };
  const own = account === undefined ? {} : { 'User Name': account.dn };
  const base = configured({ ...parameters, ...own }, account?.password);
  return new DeltaUnderTest({ ...base, manualAnchorSelection: true, ...settings }, selected, parts);
}

/** What happened to whom, in one order: `Add cn=a,ou=…`, by DN or, of what is gone, by anchor. */
export function summary({ entries }: Told, base: string): readonly string[] {
  const shorter = (dn: string): string => dn.toLowerCase().replace(`,${base.toLowerCase()}`, '');
  return entries
    .map(({ objectModificationType: type, dn, anchorAttributes: [anchor] }) =>
      type === 'Delete' ? `Delete ${shorter(String(anchor?.value))}` : `${type} ${shorter(dn ?? '')}`,
    )
    .toSorted();
}

/** The anchor of an object by its DN, in what an import told. */
export function anchorOf({ entries }: Told, dn: string): string {
  const entry = entries.find((each) => each.dn?.toLowerCase() === dn.toLowerCase());
  return String(entry?.anchorAttributes[0]?.value);
}
