import { describe, expect, test } from 'vitest';
import {
  type Case,
  type Json,
  type JsonObject,
  type Profile,
  readSuite,
  type Step,
  type Suite,
  type SuiteName,
} from './conversation.ts';
import { differences, valueAt } from './expectation.ts';
import { isList, isObject, Words } from './words.ts';

export interface Request {
  readonly method: string;
  /** The path below the SCIM root, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A SCIM server as conversations see it; `bearer` goes into the authorization header. */
export interface Server {
  readonly bearer: string;
  send(request: Request): Promise<Answer>;
}

export interface ReplayOptions {
  readonly profile: Profile;
  /** Opens the server for the running test; it may be the same for every test. */
  readonly open: () => Promise<Server>;
  /** What the server does not have, out of {@link Case.needs}: cases that need it are not its own. */
  readonly lacks?: readonly string[];
  /** Rows of `each` that the server's schema has no place for. */
  readonly leaves?: (row: Json) => boolean;
}

/** Makes each case of a recorded suite a test, under the suite's own number and name. */
export function replaySuite(name: SuiteName, options: ReplayOptions): void {
  const suite = readSuite(name);
  const { profile, lacks = [] } = options;
  const cases = suite.cases.filter(
    ({ only = profile, needs = [] }) => only === profile && !needs.some((need) => lacks.includes(need)),
  );
  describe(`${suite.suite}, profile ${profile}`, () => {
    for (const each of cases) {
      test(each.name, async () => {
        expect(await replayCase(suite, each, await options.open(), options)).toEqual([]);
      });
    }
  });
}

/**
 * Replays one case, once for every row where it has rows.
 * @returns what went wrong, one sentence each; a conversation ends at its first wrong answer
 */
export async function replayCase(
  suite: Suite,
  { each, steps }: Case,
  server: Server,
  { profile, leaves = () => false }: Pick<ReplayOptions, 'profile' | 'leaves'>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const row of rowsOf(suite, each).filter((row) => row === undefined || !leaves(row))) {
    const words = new Words(suite.given, profile, row);
    for (const [index, step] of steps.entries()) {
      if ((step.only ?? profile) !== profile) continue;
      const wrong = await take(step, words, server);
      if (wrong.length === 0) continue;
      const where = `step ${index + 1}, ${step.send}${row === undefined ? '' : ` with ${JSON.stringify(row)}`}`;
      found.push(...wrong.map((sentence) => `${where}: ${sentence}`));
      break;
    }
  }
  return found;
}

function rowsOf(suite: Suite, each: string | undefined): readonly (Json | undefined)[] {
  if (each === undefined) return [undefined];
  const rows = suite.given[each];
  if (!isList(rows) || rows.length === 0) throw new Error(`the suite has no rows called ${each}`);
  return rows;
}

async function take(step: Step, words: Words, server: Server): Promise<readonly string[]> {
  const [method = '', path = ''] = step.send.split(/ (.*)/);
  const answer = await server.send({
    method,
    path: words.fillPath(path),
    headers: headersOf(step, server.bearer),
    ...(step.body === undefined ? {} : { body: bodyText(words.fill(step.body)) }),
  });
  const allowed = isNumberList(step.status) ? step.status : [step.status];
  if (!allowed.includes(answer.status)) {
    return [`the status is ${answer.status}, not ${allowed.join(' or ')}: ${answer.text.slice(0, 400)}`];
  }
  const body = read(answer);
  const wrong = [...wrongHeaders(step, answer)];
  for (const [name, place] of Object.entries(step.keep ?? {})) {
    const value = valueAt(body, place);
    if (value === undefined) wrong.push(`${place} is missing: ${answer.text.slice(0, 400)}`);
    else words.keep(name, value);
  }
  if (body !== undefined || answer.status !== 204) {
    if (step.expect !== undefined) wrong.push(...differences(body, words.fill(step.expect)));
    for (const [place, value] of Object.entries(step.at ?? {})) {
      const filled = words.fillText(place);
      wrong.push(...differences(valueAt(body, filled), words.fill(value), filled));
    }
    for (const place of (step.absent ?? []).map((each) => words.fillText(each))) {
      if (valueAt(body, place) !== undefined) wrong.push(`${place} is there: ${answer.text.slice(0, 400)}`);
    }
  }
  return wrong;
}

function headersOf({ headers = {}, body }: Step, bearer: string): Readonly<Record<string, string>> {
  const { authorization = `Bearer ${bearer}`, ...rest } = headers;
  return {
    ...(authorization === 'none' ? {} : { authorization }),
    ...(body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
    ...rest,
  };
}

function bodyText(body: Json): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** The body of an answer; throws where it is not what every SCIM answer is (RFC 7644 3.1, 3.12). */
function read({ status, headers, text }: Answer): JsonObject | undefined {
  if (text === '') return undefined;
  if (!/^application\/scim\+json\b/.test(headers['content-type'] ?? '')) {
    throw new Error(`the content type is ${headers['content-type']}: ${text.slice(0, 400)}`);
  }
  const body: Json = JSON.parse(text);
  if (!isObject(body)) throw new Error(`the body is not an object: ${text.slice(0, 400)}`);
  if (status >= 400 && (body.status !== String(status) || !isErrorSchema(body.schemas))) {
    throw new Error(`this is no SCIM error: ${text.slice(0, 400)}`);
  }
  return body;
}

function isErrorSchema(schemas: Json | undefined): boolean {
  return isList(schemas) && schemas.includes('urn:ietf:params:scim:api:messages:2.0:Error');
}

function* wrongHeaders({ answers = {} }: Step, { headers }: Answer): Iterable<string> {
  for (const [name, pattern] of Object.entries(answers)) {
    const value = headers[name];
    if (value === undefined || !new RegExp(pattern).test(value)) {
      yield `the header ${name} is ${value ?? 'absent'}, not like ${pattern}`;
    }
  }
}

function isNumberList(value: number | readonly number[]): value is readonly number[] {
  return Array.isArray(value);
}
