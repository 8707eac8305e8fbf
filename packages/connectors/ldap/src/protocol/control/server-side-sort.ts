import { berTag } from '../ber-reader.ts';
import type { Control } from '../control.ts';
import { berValue, controlValue } from './value.ts';

const requestOid = '1.2.840.113556.1.4.473';
const responseOid = '1.2.840.113556.1.4.474';

/** RFC 2891. */
export interface SortKey {
  readonly attribute: string;
  /** Absent: the attribute's own ordering rule; without one the server answers inappropriateMatching (LDAP sheet 4.3). */
  readonly rule?: string;
  readonly reverse?: boolean;
}

export interface SortResult {
  /** 0 where the entries are sorted; the search's own result may be success all the same. */
  readonly code: number;
  readonly attribute: string | undefined;
}

export function serverSideSort(keys: readonly [SortKey, ...SortKey[]], critical = true): Control {
  const value = berValue((writer) =>
    writer.sequence(() => {
      for (const key of keys) {
        writer.sequence(() => {
          writer.octets(key.attribute);
          if (key.rule !== undefined) writer.octets(key.rule, 0x80);
          if (key.reverse === true) writer.boolean(true, 0x81);
        });
      }
    }),
  );
  return { oid: requestOid, critical, value };
}

/** @throws LDAP_PROTOCOL_INVALID */
export function readSortResult(controls: readonly Control[]): SortResult | undefined {
  const value = controlValue(controls, responseOid)?.inside(berTag.sequence);
  if (value === undefined) return undefined;
  const code = value.integer(berTag.enumerated);
  return { code, attribute: value.tag === 0x80 ? value.text(0x80) : undefined };
}
