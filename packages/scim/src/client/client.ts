import { isProblem, problem } from '@joinery/problems';
import { fold } from '../fold.ts';
import { isObject, type ScimObject, type ScimValue } from '../value.ts';
import { anyCase, listOf, resourceOf, type TargetAnswer } from './answer.ts';
import type { ScimClient, ScimClientOptions, ScimPage, ScimQuery, ScimWritten } from './client-types.ts';
import { createExchange, type Exchange, type ExchangeRequest, jsonBody } from './exchange.ts';
import { allPages } from './pages.ts';
import { type PatchDialect, printPatch } from './patch-dialect.ts';
import { instructionsOf, splitInstructions } from './patch-requests.ts';

/** A client for one SCIM target; see {@link ScimClient} for what it throws. */
export function createScimClient(options: ScimClientOptions): ScimClient {
  const exchange = createExchange(options);
  const dialect: PatchDialect = options.dialect ?? 'compliant';
  const paging = options.paging ?? (dialect === 'entraApi' ? 'cursor' : 'index');

  const list = async (endpoint: string, query: ScimQuery, signal: AbortSignal): Promise<ScimPage> => {
    const understood = options.notFoundMeansEmpty === true ? [404] : [];
    const answer = await exchange({ method: 'GET', path: endpoint, query: queryPairs(query), understood }, signal);
    const startIndex = query.startIndex ?? 1;
    if (answer.status === 404) return { totalResults: 0, startIndex, resources: [] };
    return { ...listOf(answer), startIndex };
  };

  const find = async (
    endpoint: string,
    attributePath: string,
    value: string,
    signal: AbortSignal,
  ): Promise<ScimObject | undefined> => {
    const page = await list(endpoint, { filter: equalityFilter(attributePath, value) }, signal);
    const [only] = page.resources;
    if (page.resources.length > 1 || page.totalResults > 1) {
      throw problem('SCIM_TARGET_AMBIGUOUS', `${page.totalResults} objects have this ${attributePath}.`, {
        place: endpoint,
      });
    }
    if (only !== undefined) checkHit(only, attributePath, value, endpoint);
    return only;
  };

  const create = async (
    endpoint: string,
    resource: ScimObject,
    signal: AbortSignal,
  ): Promise<ScimWritten | undefined> => {
    const answer = await exchange({ method: 'POST', path: endpoint, body: jsonBody(resource) }, signal);
    return written(answer, undefined);
  };

  const change = async (request: ExchangeRequest, id: string, signal: AbortSignal): Promise<ScimWritten> =>
    written(await exchange(request, signal), id) ?? { id, resource: undefined };

  const createOrMatch: ScimClient['createOrMatch'] = async (endpoint, resource, match, signal) => {
    const { conflict, created } = await create(endpoint, resource, signal).then(
      (made) => ({ conflict: undefined, created: made }),
      (error: unknown) => {
        if (isProblem(error, 'SCIM_TARGET_CONFLICT')) return { conflict: error, created: undefined };
        throw error;
      },
    );
    if (created !== undefined) return { ...created, created: true };
    // Either somebody was first, or the target did not tell the id: the matching attribute decides.
    const found = await find(endpoint, match.attributePath, match.value, signal);
    const id = found === undefined ? undefined : idOf(found);
    if (id !== undefined) return { id, resource: found, created: conflict === undefined };
    throw (
      conflict ??
      problem('SCIM_TARGET_ANSWER', 'The target created an object that it does not find.', { place: endpoint })
    );
  };

  const patch: ScimClient['patch'] = async (endpoint, id, changes, signal) => {
    let last: ScimWritten = { id, resource: undefined };
    for (const part of splitInstructions(changes, dialect)) {
      const body = { json: printPatch(part, dialect), resource: { changes: part.map(secretView) } };
      last = await change({ method: 'PATCH', path: idPath(endpoint, id), body }, id, signal);
    }
    return last;
  };

  return {
    list,
    find,
    all: (endpoint, query, signal) =>
      allPages((page) => list(endpoint, page, signal), query, { paging, place: endpoint }),
    get: (endpoint, id, signal) => read(exchange, endpoint, id, signal),
    async create(endpoint, resource, signal) {
      const created = await create(endpoint, resource, signal);
      if (created !== undefined) return created;
      throw problem('SCIM_TARGET_ANSWER', 'The target created an object without telling its id.', { place: endpoint });
    },
    createOrMatch,
    async createOrPatch(endpoint, resource, match, signal) {
      const matched = await createOrMatch(endpoint, resource, match, signal);
      if (matched.created) return matched;
      return { ...(await patch(endpoint, matched.id, instructionsOf(resource), signal)), created: false };
    },
    patch,
    replace: (endpoint, id, resource, signal) =>
      change({ method: 'PUT', path: idPath(endpoint, id), body: jsonBody(resource) }, id, signal),
    async delete(endpoint, id, signal) {
      await exchange({ method: 'DELETE', path: idPath(endpoint, id), understood: [404, 410] }, signal);
    },
    async schemas(signal) {
      return listOf(await exchange({ method: 'GET', path: '/Schemas' }, signal)).resources;
    },
    async testConnection(endpoint, attributePath, randomValue, signal) {
      const page = await list(endpoint, { filter: equalityFilter(attributePath, randomValue) }, signal);
      if (page.totalResults === 0 && page.resources.length === 0) return;
      throw problem('SCIM_TARGET_ANSWER', 'The target finds objects for a random value: it does not filter.', {
        place: endpoint,
      });
    },
  };
}

/** An equality filter; the value becomes a JSON string, so that no value can become syntax. */
export function equalityFilter(attributePath: string, value: string): string {
  return `${attributePath} eq ${JSON.stringify(value)}`;
}

async function read(
  exchange: Exchange,
  endpoint: string,
  id: string,
  signal: AbortSignal,
): Promise<ScimObject | undefined> {
  const answer = await exchange({ method: 'GET', path: idPath(endpoint, id), understood: [404, 410] }, signal);
  return answer.status >= 400 ? undefined : resourceOf(answer);
}

function queryPairs(query: ScimQuery): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  if (query.filter !== undefined) pairs.push(['filter', query.filter]);
  if (query.attributes !== undefined) pairs.push(['attributes', query.attributes.join(',')]);
  if (query.excludedAttributes !== undefined) pairs.push(['excludedAttributes', query.excludedAttributes.join(',')]);
  if (query.sortBy !== undefined) pairs.push(['sortBy', query.sortBy]);
  if (query.descending === true) pairs.push(['sortOrder', 'descending']);
  if (query.startIndex !== undefined) pairs.push(['startIndex', String(query.startIndex)]);
  if (query.cursor !== undefined) pairs.push(['cursor', query.cursor]);
  if (query.count !== undefined) pairs.push(['count', String(query.count)]);
  return pairs;
}

function written(answer: TargetAnswer, known: string | undefined): ScimWritten | undefined {
  const resource = resourceOf(answer);
  const id = (resource === undefined ? undefined : idOf(resource)) ?? known ?? idOfLocation(answer.location);
  return id === undefined ? undefined : { id, resource };
}

function idOf(resource: ScimObject): string | undefined {
  const id = anyCase(resource, 'id');
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function idOfLocation(location: string | null): string | undefined {
  const last = location?.split('?')[0]?.split('/').at(-1);
  return last === undefined || last === '' || !/^(?:[^%]|%[0-9a-f]{2})*$/i.test(last)
    ? undefined
    : decodeURIComponent(last);
}

function idPath(endpoint: string, id: string): string {
  return `${endpoint}/${encodeURIComponent(id)}`;
}

/** The instruction as the redaction looks at it: a password is known by the name of its attribute. */
function secretView(instruction: { readonly path: string; readonly value?: ScimValue }): ScimObject {
  return 'value' in instruction && instruction.value !== undefined ? { [instruction.path]: instruction.value } : {};
}

/**
 * Refuses a hit that carries another value than the one asked for: a target that ignores the filter would hand a wrong person's
 * account to the next write. What cannot be read from the resource is believed.
 */
function checkHit(resource: ScimObject, attributePath: string, value: string, place: string): void {
  const found = readPath(resource, attributePath.toLowerCase());
  if (typeof found !== 'string' || fold(found) === fold(value)) return;
  throw problem(
    'SCIM_TARGET_ANSWER',
    `The target answers with an object of another ${attributePath}: it does not filter.`,
    {
      place,
    },
  );
}

function readPath(resource: ScimObject, path: string): ScimValue | undefined {
  for (const [name, value] of Object.entries(resource)) {
    const lower = name.toLowerCase();
    if (lower === path) return value;
    const below = path.startsWith(`${lower}:`) || path.startsWith(`${lower}.`);
    if (below && isObject(value)) return readPath(value, path.slice(lower.length + 1));
  }
  return undefined;
}
