import { berTag } from '../ber-reader.ts';
import type { Control } from '../control.ts';
import { berValue, controlValue } from './value.ts';

/** RFC 2696. */
export const pagedResultsOid = '1.2.840.113556.1.4.319';

export interface PagedResults {
  /** Entries that the server believes there are; 0 where it does not say (LDAP sheet 4.3). */
  readonly estimate: number;
  /** Opaque, and of this connection only; empty after the last page. A page may hold no entry and this still go on (L23). */
  readonly cookie: Uint8Array;
}

/** Asks for one page. @param cookie of the page before; empty for the first @param critical a server without paging must refuse */
export function pagedResults(size: number, cookie: Uint8Array = new Uint8Array(), critical = true): Control {
  const value = berValue((writer) =>
    writer.sequence(() => {
      writer.integer(size);
      writer.octets(cookie);
    }),
  );
  return { oid: pagedResultsOid, critical, value };
}

/** What the server says of the page; undefined where it did not page. @throws LDAP_PROTOCOL_INVALID */
export function readPagedResults(controls: readonly Control[]): PagedResults | undefined {
  const value = controlValue(controls, pagedResultsOid)?.inside(berTag.sequence);
  return value === undefined ? undefined : { estimate: value.integer(), cookie: value.octetsCopied() };
}
