import { problem } from '@joinery/problems';
import { bindFilter } from '../filter/bind.ts';
import { parseFilter } from '../filter/parse.ts';
import { type Projection, parseProjection } from '../resource/project.ts';
import { type AttributePath, resolvePath } from '../schema/attribute-path.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { SEARCH_REQUEST_URN } from '../schema/urns.ts';
import type { ScimLimits } from '../server/limits.ts';
import type { ListQuery } from '../server/storage.ts';
import { isList, isObject, type ScimValue } from '../value.ts';

/** What a client asks of a list, from the query string or from the body of a `.search`; not yet resolved. */
export interface ListRequest {
  readonly filter?: string;
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
  readonly sortBy?: string;
  readonly sortOrder?: string;
  readonly startIndex?: number;
  readonly count?: number;
}

type Draft = { -readonly [name in keyof ListRequest]: ListRequest[name] };

/** The parameters of RFC 7644 3.4.2 and 3.9 by their name in lower case: Microsoft's collection spells `startindex`. */
const readers: ReadonlyMap<string, (draft: Draft, text: string) => void> = new Map([
  ['filter', set('filter', (text) => text)],
  ['attributes', set('attributes', splitNames)],
  ['excludedattributes', set('excludedAttributes', splitNames)],
  ['sortby', set('sortBy', (text) => text)],
  ['sortorder', set('sortOrder', (text) => text)],
  ['startindex', set('startIndex', (text) => integer('startIndex', text))],
  ['count', set('count', (text) => integer('count', text))],
]);

function set<Name extends keyof ListRequest>(name: Name, read: (text: string) => Draft[Name]) {
  return (draft: Draft, text: string): void => {
    draft[name] = read(text);
  };
}

/**
 * Reads a query string in form encoding: `+` is a blank, a plus arrives as `%2B`. Unknown parameters are passed over, so that
 * flags such as `aadOptscim062020` in a tenant URL do no harm.
 * @param query what follows the question mark
 * @throws SCIM_QUERY_INVALID
 */
export function readQueryString(query: string): ListRequest {
  const draft: Draft = {};
  if (query === '') return draft;
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    const reader = readers.get(pair.slice(0, equals).toLowerCase());
    if (reader !== undefined) reader(draft, decode(pair.slice(equals + 1)));
  }
  return checked(draft);
}

/**
 * Reads the body of a POST to `.search` (RFC 7644 3.4.3).
 * @throws SCIM_BODY_SYNTAX, SCIM_QUERY_INVALID
 */
export function readSearchRequest(body: ScimValue): ListRequest {
  if (!isObject(body)) throw notSearch('it is not a JSON object');
  const draft: Draft = {};
  for (const [name, value] of Object.entries(body)) {
    const lower = name.toLowerCase();
    if (lower === 'schemas') checkSchemas(value);
    const reader = readers.get(lower);
    if (reader === undefined || value === null) continue;
    const list = isList(value) && lower.endsWith('attributes') ? value.map(String).join(',') : value;
    if (isList(list) || isObject(list)) throw notSearch(`${name} has the wrong type`);
    reader(draft, String(list));
  }
  return checked(draft);
}

function checkSchemas(value: ScimValue): void {
  const named = isList(value) && value.some((each) => String(each).toLowerCase() === SEARCH_REQUEST_URN.toLowerCase());
  if (!named) throw notSearch(`schemas does not list ${SEARCH_REQUEST_URN}`);
}

/** The names of `attributes`; commas within brackets or quotation marks do not separate. */
function splitNames(text: string): readonly string[] {
  const names: string[] = [];
  let start = 0;
  let within: 'brackets' | 'quotation' | undefined;
  // By hand: a regular expression would begin anew at each of a million brackets that nothing closes.
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (within === 'quotation') {
      if (character === '\\') at += 1;
      else if (character === '"') within = 'brackets';
    } else if (within === 'brackets') {
      if (character === '"') within = 'quotation';
      else if (character === ']') within = undefined;
    } else if (character === '[') within = 'brackets';
    else if (character === ',') {
      names.push(text.slice(start, at));
      start = at + 1;
    }
  }
  names.push(text.slice(start));
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** A list without names is one that was not given: clients send `attributes=` where they have none. */
function checked(draft: Draft): ListRequest {
  if (draft.attributes?.length === 0) delete draft.attributes;
  if (draft.excludedAttributes?.length === 0) delete draft.excludedAttributes;
  if (draft.attributes !== undefined && draft.excludedAttributes !== undefined) {
    throw problem('SCIM_QUERY_INVALID', 'attributes and excludedAttributes exclude each other.', {
      place: 'attributes',
    });
  }
  return draft;
}

/** The request resolved against a type, with the rules of paging (RFC 7644 3.4.2.4). */
export function resolveListQuery(request: ListRequest, type: ResourceType, limits: ScimLimits): ListQuery {
  const { filter, sortBy, startIndex = 1, count = limits.defaultCount } = request;
  const path = sortBy === undefined ? undefined : sortPath(sortBy, type);
  return {
    ...(filter === undefined ? {} : { predicate: bindFilter(parseFilter(filter, type.profile), type) }),
    ...(path === undefined ? {} : { sortBy: path }),
    descending: request.sortOrder?.toLowerCase() === 'descending',
    startIndex: Math.max(1, startIndex),
    count: Math.min(Math.max(0, count), limits.maxCount),
  };
}

export function resolveProjection(request: ListRequest, type: ResourceType): Projection | undefined {
  if (request.attributes !== undefined) return parseProjection('only', request.attributes, type);
  if (request.excludedAttributes !== undefined) return parseProjection('without', request.excludedAttributes, type);
  return undefined;
}

/** A complex attribute sorts by its `value`; what cannot be sorted by is passed over (dialect sheet 4). */
function sortPath(text: string, type: ResourceType): AttributePath | undefined {
  const resolved = resolvePath(text, type);
  if (resolved.kind !== 'attribute') return undefined;
  return resolved.path.leaf.type === 'complex' ? type.sub(resolved.path, 'value') : resolved.path;
}

function decode(text: string): string {
  const blanks = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!blanks.includes('%')) return blanks;
  try {
    return decodeURIComponent(blanks);
  } catch (cause) {
    throw problem('SCIM_QUERY_INVALID', 'The query string is not percent-encoded UTF-8.', { place: 'query', cause });
  }
}

function integer(name: string, text: string): number {
  const value = /^\s*[+-]?\d{1,15}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) {
    throw problem('SCIM_QUERY_INVALID', `${name} takes an integer.`, { place: name });
  }
  return value;
}

function notSearch(sentence: string): Error {
  return problem('SCIM_BODY_SYNTAX', `The body is not a search request: ${sentence}.`, { place: 'body' });
}
