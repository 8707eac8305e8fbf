import type { FastifyRequest } from 'fastify';
import type { QueryOptions } from './query-options.ts';
import type { SkipTokens } from './skip-token.ts';

/** An OData collection answer (graph sheet 2). */
export interface Collection<T> {
  readonly '@odata.context': string;
  readonly value: T[];
  readonly '@odata.nextLink'?: string;
}

/** One page of rows as the readers of the rooms answer it. */
export interface RowPage<Row> {
  readonly rows: readonly Row[];
  /** The key to go on behind; undefined at the end. */
  readonly next: string | undefined;
}

/** The absolute address of this service as the caller reached it; TLS is the only way in. */
export function baseAddress(request: FastifyRequest): string {
  return `https://${request.host}`;
}

/** `https://host/v1.0/$metadata#users`; the version is the one that was called. */
export function contextOf(request: FastifyRequest, what: string): string {
  const version = request.url.startsWith('/beta/') ? 'beta' : 'v1.0';
  return `${baseAddress(request)}/${version}/$metadata#${what}`;
}

/**
 * Reads a page and renders it with its next link.
 * @param read reads rows behind a key
 */
export async function collectionPage<Row, T>(
  request: FastifyRequest,
  tokens: SkipTokens,
  options: QueryOptions,
  context: string,
  read: (after: string | undefined) => Promise<RowPage<Row>>,
  render: (row: Row) => T,
): Promise<Collection<T>> {
  const path = request.url.split('?', 1)[0] ?? '';
  const bound = JSON.stringify([path, options.repeated]);
  const after = options.skipToken === undefined ? undefined : tokens.read(bound, options.skipToken);
  const page = await read(after);
  const value = page.rows.map(render);
  const head = { '@odata.context': contextOf(request, context) };
  if (page.next === undefined) return { ...head, value };
  const query = new URLSearchParams(options.repeated.map(([name, text]) => [name, text]));
  query.set('$skiptoken', tokens.make(bound, page.next));
  return { ...head, value, '@odata.nextLink': `${baseAddress(request)}${path}?${query}` };
}
