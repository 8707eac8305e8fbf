import type { CSEntryChange, Schema } from '@joinery/connector';
import type { Connection } from '../../connection/connection.ts';
import type { LdapContext } from '../../context.ts';
import type { Scope } from '../partitions.ts';
import type { Point } from './watermark.ts';

/** Where a delta import will start from. */
export interface Beginning {
  readonly context: LdapContext;
  readonly connection: Connection;
  /** Everything that is read. */
  readonly scopes: readonly Scope[];
  readonly signal: AbortSignal;
}

/** One delta import. */
export interface Reading extends Beginning {
  /** Only what is selected, with the anchors. */
  readonly schema: Schema;
  readonly pageSize: number;
  /** What the last import ended with, of the same server and strategy. */
  readonly from: Point;
}

/** One way to find what changed (LDAP sheet 4.7 to 4.10). */
export interface DeltaReader {
  /** True where it pages through searches that a server may allow one of on each connection (LDAP sheet 4.3). */
  readonly needsOwnConnection: boolean;
  /**
   * The place to start from next time, taken before anything is read.
   * @throws LDAP_CHANGES_UNREADABLE, and what a search throws
   */
  beginning(beginning: Beginning): Promise<Point>;
  /**
   * What changed since, a page at a time, each object by its final state.
   * @returns where the next one starts; only when it has told everything
   * @throws CONNECTOR_WATERMARK_INVALID with the reason, LDAP_CHANGES_UNREADABLE, and what a search throws
   */
  changes(reading: Reading): AsyncGenerator<readonly CSEntryChange[], Point, undefined>;
}

/** The server of a connection, where its root DSE gives it no better name. */
export function addressOf({ server }: Pick<Connection, 'server'>): string {
  return `${server.host.toLowerCase()}:${server.port}`;
}
