import type { CSEntryChange, CSEntryChangeResult } from '@joinery/connector';
import type { SpaceRow, StoredRow } from '../space/row.ts';
import type { Alias } from '../space/writer/calls.ts';

/**
 * What a write touches: `ids` of resources, DNs, unique values. Two writes of which one claims what the other claims or
 * needs never share a batch (design decision 3): their effects would depend on the target's order inside the batch.
 */
export interface Claims {
  readonly claims: readonly string[];
  /** Needed but not changed: the parent of a new DN. */
  readonly needs: readonly string[];
}

/** One write that a caller waits for. */
export interface WriteOrder {
  /** What is known of its claims before its turn: enough to keep writes of one object in order. */
  readonly known: Claims;
  /**
   * Called when its turn has come, with every predecessor's result in the space. Must have no effect: it may be called again.
   * @throws the problem that ends the write
   */
  prepare(): PreparedWrite;
}

export type PreparedWrite =
  /** Already as asked: nothing to write anywhere. */
  | { readonly kind: 'settled'; readonly row: StoredRow | null }
  /** The space forgets or notes something; the target is not called. */
  | { readonly kind: 'spaceOnly'; readonly change: SpaceChange }
  | PreparedExport;

export interface PreparedExport extends Claims {
  readonly kind: 'export';
  readonly entry: CSEntryChange;
  /** The same object as an Add, for connectors that answer an update with `ExportActionConvertUpdateToAdd`. */
  readonly asAdd?: () => CSEntryChange;
  /** The resource id, where the anchor is known before the write. */
  readonly id: string | undefined;
  /** The identity that the object gets, where the write changes its anchor. */
  readonly renamedTo?: string;
  /** Index keys by which callers look for the object, as {@link lookupKey} makes them. */
  readonly keys: readonly string[];
  /** How to find the object in the target when its anchor is not known yet. */
  readonly findBy?: { readonly attribute: string; readonly value: string };
  /** Never stored. `separate`: not in the entry, but set after the Add by the connector's password capability. */
  readonly password?: { readonly text: string; readonly separate: boolean };
  /** For its caller the object is gone afterwards: it counts as a deletion. */
  readonly deletes?: true;
  /** What the space holds once the target has done it. */
  settle(result: CSEntryChangeResult | undefined): SpaceChange;
  /** Whether the target's present state is what this write wanted; decides a write whose outcome is not known. */
  achieved(found: SpaceRow | undefined): boolean;
}

export interface SpaceChange {
  readonly row?: SpaceRow;
  readonly remove?: readonly string[];
  /** What objects are called from now on that keep an id made of another anchor. */
  readonly alias?: readonly Alias[];
  /** The object was written by this host: the next import is compared with it. */
  readonly exported?: 'add' | 'change';
}

/** No attribute has it in its name. */
const KEY_SEPARATOR = '\u0001';

/**
 * The key under which a value is looked up: the name of the attribute without its schema, and the index key. Attributes of one
 * name in two schemas share it, which keeps one question more from being answered while a write is in doubt; with the schema it
 * would be most of what the journal holds.
 * @param attribute the path, e.g. `urn:…:ECMA2Host:2.0:User:UserName`
 */
export function lookupKey(attribute: string, key: string): string {
  return attribute.slice(attribute.lastIndexOf(':') + 1) + KEY_SEPARATOR + key;
}

/** Takes a {@link lookupKey} apart. */
export function parseLookupKey(text: string): { readonly attribute: string; readonly key: string } {
  const [attribute = '', key = ''] = text.split(KEY_SEPARATOR);
  return { attribute, key };
}

/** What earlier writes of a batch, or writes that wait before this one, hold. */
export class HeldClaims {
  readonly #claims = new Set<string>();
  readonly #needs = new Set<string>();

  conflicts({ claims, needs }: Claims): boolean {
    return (
      claims.some((key) => this.#claims.has(key) || this.#needs.has(key)) || needs.some((key) => this.#claims.has(key))
    );
  }
  hold({ claims, needs }: Claims): void {
    for (const key of claims) this.#claims.add(key);
    for (const key of needs) this.#needs.add(key);
  }
}
