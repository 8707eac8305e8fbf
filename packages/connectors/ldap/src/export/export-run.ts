import {
  byName,
  type CSEntryChange,
  type CSEntryChangeResult,
  canonicalDn,
  type ExportRun,
  type ExportStep,
  validateEntry,
} from '@joinery/connector';
import { problem, toProblem } from '@joinery/problems';
import type { LdapContext } from '../context.ts';
import { type OrderedEntry, orderBatch } from './batch-order.ts';
import { type EntryRules, noRules } from './entry-rules.ts';
import { exportMemory } from './export-memory.ts';
import { failed } from './fault.ts';
import { Lanes } from './lanes.ts';
import { type EntryTask, invalid } from './outcome.ts';
import { ExportScope } from './scope.ts';
import { uniqueClaim, uniqueValues } from './unique-values.ts';
import { type EntryEnd, writeEntry } from './write-entry.ts';

/**
 * Begins an export (LDAP sheet section 5). Every entry of every batch has its result, so the run may be kept open.
 *
 * Entries that do not touch each other overlap on `exportConnections` connections with `exportWindow` operations each; those that
 * do go one after the other, also those of overlapping runs of one connector.
 *
 * @param rules what the kind of server wants besides the attributes as they are mapped
 * @throws what connecting throws: then nothing was sent
 */
export async function openExport(
  context: LdapContext,
  step: ExportStep,
  signal: AbortSignal,
  rules: EntryRules = noRules,
): Promise<ExportRun> {
  const { directory, settings } = context;
  const lanes = new Lanes({
    directory,
    connections: settings.exportConnections,
    window: settings.exportWindow,
  });
  using _ = await lanes.take(signal);
  return new LdapExport(new ExportScope(context, step.schema, rules, exportMemory(directory)), lanes);
}

type Checked = EntryTask | { readonly refused: CSEntryChangeResult };

class LdapExport implements ExportRun {
  readonly #scope: ExportScope;
  readonly #lanes: Lanes;
  #closed = false;

  constructor(scope: ExportScope, lanes: Lanes) {
    this.#scope = scope;
    this.#lanes = lanes;
  }

  /**
   * @throws the signal's reason; what the connection was lost with while a write was on its way. Then the host looks up what
   * became of the batch; entries that had not been sent are not sent any more.
   */
  async putEntries(entries: readonly CSEntryChange[], signal: AbortSignal): Promise<readonly CSEntryChangeResult[]> {
    if (this.#closed) throw problem('CONNECTOR_RUN_CLOSED', 'This export is closed already.');
    signal.throwIfAborted();
    const results = new Map<string, CSEntryChangeResult>();
    const tasks: EntryTask[] = [];
    for (const entry of entries) {
      const checked = check(entry, this.#scope);
      if ('refused' in checked) results.set(entry.identifier, checked.refused);
      else tasks.push(checked);
    }
    const ends = await this.#writeAll(tasks, signal);
    // What they refer to may have come with the same batch, in a circle (LDAP sheet 5.2).
    const again = tasks.filter(({ entry }) => asksForReferences(ends.get(entry.identifier)));
    for (const [identifier, end] of await this.#writeAll(again, signal)) ends.set(identifier, withoutRetry(end));
    signal.throwIfAborted();
    for (const end of ends.values()) if (end.kind === 'unknown') throw end.error;
    for (const [identifier, end] of ends) {
      results.set(identifier, end.kind === 'told' ? end.result : notSent(identifier, end.error));
    }
    return entries.flatMap(({ identifier }) => results.get(identifier) ?? []);
  }

  async #writeAll(tasks: readonly EntryTask[], signal: AbortSignal): Promise<Map<string, EntryEnd>> {
    const { context, memory } = this.#scope;
    const ends = new Map<string, EntryEnd>();
    let stop: { readonly error: unknown } | undefined;
    const ordered = orderBatch(tasks, context.schema).map((each) => ({
      ...each,
      hold: memory.locks.claim(this.#claims(each)),
    }));
    await Promise.all(
      ordered.map(async ({ task, hold }) => {
        using held = hold;
        await held.ready;
        const end = await writeEntry(task, this.#scope, this.#lanes, () => stop, signal);
        if (end.kind !== 'told') stop ??= { error: end.error };
        ends.set(task.entry.identifier, end);
      }),
    );
    return ends;
  }

  #claims({ task, claims }: OrderedEntry): OrderedEntry['claims'] {
    const unique = uniqueValues(task.entry, this.#scope.context.settings).map(uniqueClaim);
    return unique.length === 0 ? claims : { ...claims, exclusive: new Set([...claims.exclusive, ...unique]) };
  }

  async close(): Promise<void> {
    if (this.#closed) throw problem('CONNECTOR_RUN_CLOSED', 'This export is closed already.');
    this.#closed = true;
    await this.#lanes[Symbol.asyncDispose]();
  }
}

/** An entry in normal form with DNs in our spelling, or its result. */
function check(entry: CSEntryChange, { schema, rules }: ExportScope): Checked {
  const { identifier } = entry;
  const type = byName(schema.types, entry.objectType);
  if (type === undefined) {
    return {
      refused: invalid(
        identifier,
        'ExportErrorSyntaxViolation',
        `There is no object type "${entry.objectType}" in this export.`,
      ),
    };
  }
  const validation = validateEntry(entry, type);
  if (!validation.ok) {
    const { exportCode, detail } = validation.fault;
    return {
      refused: invalid(identifier, exportCode === 'Success' ? 'ExportErrorInvalidAttributeValue' : exportCode, detail),
    };
  }
  const fault = rules.refuse(validation.entry, type);
  if (fault !== undefined) return { refused: failed(identifier, fault) };
  const dn = entryDn(entry.dn);
  const previousDn = entryDn(entry.previousDn);
  if (dn === undefined || (entry.previousDn !== undefined && previousDn === undefined)) {
    const given = dn === undefined ? entry.dn : entry.previousDn;
    return {
      refused: invalid(
        identifier,
        'ExportErrorInvalidDN',
        given === undefined || given === ''
          ? 'The entry has no distinguished name: map "-dn-".'
          : `"${given}" is not the distinguished name of an entry.`,
      ),
    };
  }
  return { entry: { ...validation.entry, dn, ...(previousDn === undefined ? {} : { previousDn }) }, type };
}

function entryDn(given: string | undefined): string | undefined {
  const dn = given === undefined ? undefined : canonicalDn(given);
  return dn === '' ? undefined : dn;
}

function asksForReferences(end: EntryEnd | undefined): boolean {
  return end?.kind === 'told' && end.result.errorCode === 'ExportActionRetryReferenceAttribute';
}

function withoutRetry(end: EntryEnd): EntryEnd {
  if (end.kind !== 'told' || !asksForReferences(end)) return end;
  return { kind: 'told', result: { ...end.result, errorCode: 'ExportErrorReferenceAttributeFailure' } };
}

/** Nothing of this entry went to the server: an answer that is final, and that invites another try. */
function notSent(identifier: string, error: unknown): CSEntryChangeResult {
  const { code, detail } = toProblem(error);
  return {
    identifier,
    errorCode: 'ExportErrorConnectedDirectoryError',
    errorName: code,
    errorDetail: `Nothing was sent. ${detail}`,
  };
}
