import { problem } from '@joinery/problems';
import type { FilterNode } from '@joinery/scim';
import { parseODataFilter } from './parse-filter.ts';

const defaultPageSize = 100;
const largestPageSize = 999;

/** The options of a collection request (graph sheet 7, 10). */
export interface QueryOptions {
  /** Property names as the client spelt them; undefined: the default set. */
  readonly select: readonly string[] | undefined;
  readonly filter: FilterNode | undefined;
  /** 1 to 999; 100 where the client did not say. */
  readonly top: number;
  readonly skipToken: string | undefined;
  /** Every option but the skip token, in one order and spelling: what a next link must repeat and its token is bound to. */
  readonly repeated: readonly (readonly [string, string])[];
}

export type OptionName = '$select' | '$filter' | '$top' | '$skiptoken' | '$count' | '$orderby';

/**
 * Reads the options that a route knows. Names are matched without regard to case, with or without their `$` (graph sheet 10).
 * `$count` and `$orderby` are read by the routes that offer them.
 * @throws SERVICE_QUERY_INVALID for an option the route does not know, given twice, or with a value it cannot have; SERVICE_FILTER_SYNTAX
 */
export function readQueryOptions(query: unknown, known: readonly OptionName[]): QueryOptions {
  const given = new Map<OptionName, string>();
  for (const [name, value] of Object.entries(query ?? {})) {
    const plain = name.toLowerCase();
    const option = known.find((candidate) => candidate === plain || candidate.slice(1) === plain);
    if (option === undefined) throw invalid(`The query option '${name.slice(0, 50)}' is not supported here.`, name);
    if (typeof value !== 'string' || given.has(option))
      throw invalid(`The query option '${option}' is given twice.`, option);
    given.set(option, value);
  }
  const filter = given.get('$filter');
  return {
    select: readSelect(given.get('$select')),
    filter: filter === undefined ? undefined : parseODataFilter(filter),
    top: readTop(given.get('$top')),
    skipToken: given.get('$skiptoken'),
    repeated: [...given].filter(([name]) => name !== '$skiptoken').sort(([left], [right]) => (left < right ? -1 : 1)),
  };
}

function readSelect(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  if (names.length > 100 || names.some((name) => name === ''))
    throw invalid("'$select' is a list of property names.", '$select');
  return names;
}

function readTop(text: string | undefined): number {
  if (text === undefined) return defaultPageSize;
  const top = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (top < 1 || top > largestPageSize) throw invalid(`'$top' must be a number from 1 to ${largestPageSize}.`, '$top');
  return top;
}

function invalid(detail: string, place: string): Error {
  return problem('SERVICE_QUERY_INVALID', detail, { place: place.slice(0, 50) });
}
