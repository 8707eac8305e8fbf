import type { SpaceRow } from '../row.ts';

/** One page of an import. */
export interface Page {
  /** At most ROWS_PER_TRANSACTION. */
  readonly rows: readonly SpaceRow[];
  /** Objects that are there but could not be read: they keep the content they have. */
  readonly keep: readonly string[];
  /** Objects that a delta import reports as deleted; they go before the rows come. */
  readonly gone?: readonly string[];
  /** A delta import may tell of an object more than once: the last word counts, and none is a duplicate. */
  readonly again?: boolean;
  readonly now: number;
}

/** A page by columns: a thread takes a few long lists apart in a fifth of the time of many small objects. */
export interface PackedPage extends Omit<Page, 'rows'> {
  readonly ids: readonly string[];
  readonly types: readonly string[];
  readonly bodies: readonly string[];
  readonly dns: readonly (string | null)[];
  readonly hidden: readonly (string | null)[];
  readonly referenceKeys: readonly (string | null)[];
  readonly references: readonly SpaceRow['references'][];
}

export function packPage({ rows, ...rest }: Page): PackedPage {
  return {
    ...rest,
    ids: rows.map(({ id }) => id),
    types: rows.map(({ type }) => type),
    bodies: rows.map(({ body }) => body),
    dns: rows.map(({ dn }) => dn),
    hidden: rows.map(({ hidden }) => hidden),
    referenceKeys: rows.map(({ referenceKey }) => referenceKey),
    references: rows.map(({ references }) => references),
  };
}

export function unpackPage(packed: PackedPage): Page {
  const { ids, types, bodies, dns, hidden, referenceKeys, references, ...rest } = packed;
  const rows = ids.map(
    (id, at): SpaceRow => ({
      id,
      type: types[at] ?? '',
      body: bodies[at] ?? '{}',
      dn: dns[at] ?? null,
      hidden: hidden[at] ?? null,
      referenceKey: referenceKeys[at] ?? null,
      references: references[at] ?? null,
    }),
  );
  return { ...rest, rows };
}
