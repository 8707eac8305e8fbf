import { berTag } from '../ber-reader.ts';
import type { Control } from '../control.ts';
import { berValue, controlValue } from './value.ts';

const requestOid = '2.16.840.1.113730.3.4.9';
const responseOid = '2.16.840.1.113730.3.4.10';

/** draft-ietf-ldapext-ldapv3-vlv-09: a window on the sorted list; goes with a sort control (LDAP sheet 4.3). */
export interface ListWindow {
  readonly before: number;
  readonly after: number;
  /** Position of the entry that the window is about, from 1. */
  readonly offset: number;
  /** Length of the list as the server said it last; 0 at first. */
  readonly count: number;
  /** What the server gave with the window before. */
  readonly context?: Uint8Array | undefined;
}

export interface ListView {
  readonly position: number;
  readonly count: number;
  readonly code: number;
  readonly context: Uint8Array | undefined;
}

export function virtualListView(window: ListWindow): Control {
  const value = berValue((writer) =>
    writer.sequence(() => {
      writer.integer(window.before);
      writer.integer(window.after);
      writer.constructed(0xa0, () => {
        writer.integer(window.offset);
        writer.integer(window.count);
      });
      if (window.context !== undefined) writer.octets(window.context);
    }),
  );
  return { oid: requestOid, critical: true, value };
}

/** @throws LDAP_PROTOCOL_INVALID */
export function readListView(controls: readonly Control[]): ListView | undefined {
  const value = controlValue(controls, responseOid)?.inside(berTag.sequence);
  if (value === undefined) return undefined;
  const position = value.integer();
  const count = value.integer();
  const code = value.integer(berTag.enumerated);
  return { position, count, code, context: value.tag === berTag.octetString ? value.octetsCopied() : undefined };
}
