import { isProblem } from '@joinery/problems';
import type { Connection } from '../connection/connection.ts';
import { assertComplete } from '../import/search-failure.ts';
import { damaged } from '../protocol/ber-reader.ts';
import type { Control } from '../protocol/control.ts';
import { EntryDecoder } from '../protocol/entry-decoder.ts';
import { everything } from '../protocol/filter/build.ts';
import type { Filter, OctetString } from '../protocol/filter.ts';
import type { Request } from '../protocol/request.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import type { Lanes, Slot } from './lanes.ts';
import type { ExportScope } from './scope.ts';

/** An entry as a search brought it: its name as the server spells it, and values by `ExportScope.attributeKey`. */
export interface PresentEntry {
  readonly dn: string;
  readonly values: ReadonlyMap<string, readonly Uint8Array[]>;
}

/** What has become of the directory by a turn, as far as is known. */
export type Effect = 'none' | 'some' | 'unknown';

/** The operations that write one entry, one after the other on a connection, and how far they came. */
export class Turn implements Disposable {
  readonly scope: ExportScope;
  readonly #lanes: Lanes;
  readonly #signal: AbortSignal;
  #slot: Slot;
  #effect: Effect = 'none';

  private constructor(scope: ExportScope, lanes: Lanes, slot: Slot, signal: AbortSignal) {
    this.scope = scope;
    this.#lanes = lanes;
    this.#slot = slot;
    this.#signal = signal;
  }

  /** Waits for a place on a connection. @throws what connecting throws; the signal's reason */
  static async begin(scope: ExportScope, lanes: Lanes, signal: AbortSignal): Promise<Turn> {
    return new Turn(scope, lanes, await lanes.take(signal), signal);
  }

  /** `unknown` while a write is on its way, and for good when no answer to it came. */
  get effect(): Effect {
    return this.#effect;
  }
  get connection(): Connection {
    return this.#slot.connection;
  }

  /**
   * Sends a write. Where Active Directory has forgotten that the connection was bound (LDAP sheet 5.6), it goes once more on a
   * new one: the server has refused it before it did anything.
   * @param controls those that the server refuses (12) are remembered and not sent again; the caller repeats the write without
   */
  async write(request: Request, controls: readonly Control[]): Promise<LdapResult> {
    const before = this.#effect;
    try {
      return await this.#send(request, controls);
    } catch (error) {
      if (!isProblem(error) || error.code !== 'LDAP_BIND_FORGOTTEN') throw error;
    }
    this.#effect = before;
    this.#slot[Symbol.dispose]();
    this.#slot = await this.#lanes.take(this.#signal);
    return this.#send(request, controls);
  }

  async #send(request: Request, controls: readonly Control[]): Promise<LdapResult> {
    const before = this.#effect;
    this.#effect = 'unknown';
    const result = await this.connection.request(request, { controls }, this.#signal);
    this.#effect = result.code === resultCode.success ? 'some' : before;
    if (result.code === resultCode.unavailableCriticalExtension) this.#refuse(controls);
    return result;
  }

  /** Only a critical control may be refused; a server that refuses another one has them all refused. */
  #refuse(controls: readonly Control[]): void {
    const critical = controls.filter((control) => control.critical);
    for (const { oid } of critical.length > 0 ? critical : controls) this.scope.memory.refusedControls.add(oid);
  }

  /**
   * Reads one entry.
   * @returns undefined where there is none, or it does not satisfy the filter
   * @throws LDAP_SEARCH_REFUSED, LDAP_SEARCH_LIMITED, LDAP_REFERRAL where the server does not say
   */
  async read(
    dn: string,
    attributes: readonly string[],
    filter: Filter = everything,
  ): Promise<PresentEntry | undefined> {
    const { result, entries } = await this.search(dn, 'base', filter, attributes);
    if (result.code !== resultCode.noSuchObject) assertComplete(this.scope.context, result, dn, entries.length);
    return entries[0];
  }

  /** Searches; resolves with whatever code the server answers and the entries that came before it. */
  async search(
    base: string,
    scope: 'base' | 'one' | 'sub',
    filter: Filter,
    attributes: readonly string[],
    sizeLimit = 0,
  ): Promise<{ readonly result: LdapResult; readonly entries: readonly PresentEntry[] }> {
    const entries: PresentEntry[] = [];
    const most = scope === 'base' ? 1 : sizeLimit;
    const result = await this.connection.search(
      { base, scope, filter, attributes, sizeLimit },
      {
        onEntry: (bytes, start, end) => {
          if (most > 0 && entries.length === most) throw damaged('there are more entries than were asked for');
          entries.push(presentEntry(this.scope, bytes, start, end));
        },
      },
      this.#signal,
    );
    return { result, entries };
  }

  /** Whether an entry has a value, by the server's own matching rule; undefined where the server cannot tell. */
  async hasValue(dn: string, attribute: string, value: OctetString): Promise<boolean | undefined> {
    const { code } = await this.connection.request({ operation: 'compare', dn, attribute, value }, {}, this.#signal);
    if (code === resultCode.compareTrue) return true;
    // noSuchAttribute: the entry has no value of it at all.
    return code === resultCode.compareFalse || code === resultCode.noSuchAttribute ? false : undefined;
  }

  [Symbol.dispose](): void {
    this.#slot[Symbol.dispose]();
  }
}

/** Reads an entry whole, as octets. */
export function presentEntry(
  scope: Pick<ExportScope, 'attributeKey'>,
  bytes: Buffer,
  start: number,
  end: number,
): PresentEntry {
  const values = new Map<string, readonly Uint8Array[]>();
  const decoder = new EntryDecoder(
    (description) => ({ form: 'octets', key: scope.attributeKey(description) }) as const,
  );
  const dn = decoder.decode(bytes, start, end, {
    text: () => {},
    octets: ({ key }, octets) => values.set(key, [...(values.get(key) ?? []), ...octets]),
  });
  return { dn, values };
}
