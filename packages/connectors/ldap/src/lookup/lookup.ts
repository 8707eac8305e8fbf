import { byName, type CSEntryChange, isAtOrBelow, type LookupQuery } from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { Connection } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';
import { exportMemory } from '../export/export-memory.ts';
import { assertReadable } from '../import/base-check.ts';
import { type EntryPlan, planEntries } from '../import/entry-plan.ts';
import { EntryReader } from '../import/entry-reader.ts';
import type { Remainder } from '../import/entry-values.ts';
import { importScopes, isWanted, type Scope } from '../import/partitions.ts';
import { readRemainder } from '../import/remainder.ts';
import { assertComplete } from '../import/search-failure.ts';
import { equals } from '../protocol/filter/build.ts';
import type { SearchRequest } from '../protocol/request.ts';
import { resultCode } from '../protocol/result-code.ts';
import { type LookupTarget, lookupTarget } from './lookup-target.ts';

/** A look-up is for a handful of objects; the answer is held in memory. */
const mostObjects = 1000;

/**
 * Reads objects straight from the directory, in the partitions that are imported, on a connection that look-ups share. The import's own
 * filter does not apply: what is there is there. Whatever keeps the answer from being complete is an error and never "nobody".
 * @throws LDAP_REPLICA_BEHIND, CONNECTOR_LOOKUP_TOO_WIDE, CONNECTOR_VALUE_INVALID, CONNECTOR_SELECTION_INVALID, what a search of the import throws
 */
export async function lookup(
  context: LdapContext,
  query: LookupQuery,
  signal: AbortSignal,
): Promise<readonly CSEntryChange[]> {
  const type = byName(query.schema.types, query.objectType);
  if (type === undefined) {
    throw problem('CONNECTOR_SELECTION_INVALID', `There is no object type "${query.objectType}" in the selection.`);
  }
  const criteria = 'anchor' in query ? query.anchor : [{ name: query.attribute, value: query.value }];
  const target = lookupTarget(context, type, criteria);
  const plan = planEntries(context, { types: [type] });
  const connection = await context.directory.shared('lookup', signal);
  exportMemory(context.directory).doubtful.check(connection, context.clock);
  const reading = new Reading(context, connection, plan, signal);
  const scopes = importScopes(context, undefined);
  return target.kind === 'entry' ? await reading.entry(target, scopes) : await reading.search(target, scopes);
}

class Reading {
  readonly #context: LdapContext;
  readonly #connection: Connection;
  readonly #plan: EntryPlan;
  readonly #reader: EntryReader;
  readonly #signal: AbortSignal;
  readonly #found: CSEntryChange[] = [];
  readonly #unfinished: { readonly dn: string; readonly remainder: Remainder }[] = [];

  constructor(context: LdapContext, connection: Connection, plan: EntryPlan, signal: AbortSignal) {
    this.#context = context;
    this.#connection = connection;
    this.#plan = plan;
    this.#reader = new EntryReader(context, plan);
    this.#signal = signal;
  }

  /** One entry by name, of the type and within what is imported: elsewhere it is nobody's. */
  async entry({ dn }: LookupTarget & { readonly kind: 'entry' }, scopes: readonly Scope[]): Promise<CSEntryChange[]> {
    const request = { base: dn, scope: 'base', filter: this.#ofType() } as const;
    const isKept = (name: string): boolean =>
      scopes.some((scope) => isAtOrBelow(name, scope.base) && isWanted(scope, name));
    const result = await this.#ask(request, isKept);
    if (result.code !== resultCode.noSuchObject) assertComplete(this.#context, result, dn, this.#found.length);
    const around = scopes.filter(({ base }) => isAtOrBelow(dn, base));
    // A GUID does not say where it is.
    return await this.#finish(around.length === 0 ? scopes : around);
  }

  /** Everything that meets the condition. A partition that is missing is an error: the object may have been there. */
  async search(
    { filter }: LookupTarget & { readonly kind: 'search' },
    scopes: readonly Scope[],
  ): Promise<CSEntryChange[]> {
    for (const scope of scopes) {
      const result = await this.#ask({ base: scope.base, scope: 'sub', filter }, (dn) => isWanted(scope, dn));
      assertComplete(this.#context, result, scope.base, this.#found.length);
    }
    return await this.#finish(scopes);
  }

  #ofType() {
    return equals('objectClass', this.#plan.types[0]?.name ?? '');
  }

  #ask(request: Omit<SearchRequest, 'attributes'>, isKept: (dn: string) => boolean) {
    return this.#connection.search(
      { ...request, attributes: this.#plan.requested },
      { onEntry: (bytes, start, end) => this.#take(this.#reader.read(bytes, start, end), isKept) },
      this.#signal,
    );
  }

  #take(entry: CSEntryChange | undefined, isKept: (dn: string) => boolean): void {
    if (entry?.dn === undefined || !isKept(entry.dn)) return;
    if (this.#found.length === mostObjects) {
      throw problem('CONNECTOR_LOOKUP_TOO_WIDE', `More than ${mostObjects} objects meet the look-up.`);
    }
    this.#found.push(entry);
    for (const remainder of this.#reader.remainders) this.#unfinished.push({ dn: entry.dn, remainder });
  }

  /** @param scopes where somebody would have been: an account that lost its rights meets nobody either, and must not say so */
  async #finish(scopes: readonly Scope[]): Promise<CSEntryChange[]> {
    if (this.#found.length === 0) {
      for (const scope of scopes) await assertReadable(this.#context, this.#connection, scope, this.#signal);
    }
    for (const { dn, remainder } of this.#unfinished) {
      await readRemainder(this.#context, this.#connection, this.#reader, dn, remainder, this.#signal);
    }
    return this.#found;
  }
}
