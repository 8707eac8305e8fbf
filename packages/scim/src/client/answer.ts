import { type Problem, type ProblemCode, problem } from '@joinery/problems';
import { parseJson } from '../json/parse.ts';
import { isList, isObject, type ScimObject, type ScimValue } from '../value.ts';
import type { ScimFetchAnswer } from './fetch.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** A target's answer, read completely. */
export interface TargetAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly retryAfter: string | null;
  readonly text: string;
}

/**
 * Reads an answer.
 * @throws SCIM_TARGET_ANSWER when it is larger than the client takes
 */
export async function readAnswer(answer: ScimFetchAnswer, maxBytes: number): Promise<TargetAnswer> {
  const announced = Number(answer.headers.get('content-length') ?? 0);
  const text = announced > maxBytes ? undefined : await answer.text();
  if (text === undefined || text.length > maxBytes) {
    throw problem('SCIM_TARGET_ANSWER', `The answer of the target is larger than ${maxBytes} bytes.`);
  }
  return {
    status: answer.status,
    location: answer.headers.get('location'),
    retryAfter: answer.headers.get('retry-after'),
    text,
  };
}

/** The JSON of an answer; undefined for an empty one. @throws SCIM_TARGET_ANSWER */
function jsonOf({ text, status }: TargetAnswer): ScimValue | undefined {
  if (text.trim() === '') return undefined;
  try {
    return parseJson(text);
  } catch (cause) {
    throw problem('SCIM_TARGET_ANSWER', `The answer of the target (status ${status}) is not JSON.`, { cause });
  }
}

/** The resource of an answer; undefined for an empty one, which a target may send after a write. @throws SCIM_TARGET_ANSWER */
export function resourceOf(answer: TargetAnswer): ScimObject | undefined {
  const json = jsonOf(answer);
  if (json === undefined || isObject(json)) return json;
  throw problem('SCIM_TARGET_ANSWER', `The answer of the target (status ${answer.status}) is not a resource.`);
}

/** A member by any letter case: targets differ in how they spell `Resources`. */
export function anyCase(object: ScimObject, name: string): ScimValue | undefined {
  const lower = name.toLowerCase();
  const found = Object.keys(object).find((each) => each.toLowerCase() === lower);
  return found === undefined ? undefined : object[found];
}

/**
 * The problem that an answer stands for. What the target says goes into the detail, because an administrator reads it in the
 * provisioning log; secrets are taken out by {@link redact}.
 * @param place the method and path of the request
 * @param redact takes secrets out of the target's words
 * @param now milliseconds since 1970, for a Retry-After that names a time
 */
export function answerProblem(
  answer: TargetAnswer,
  place: string,
  redact: (text: string) => string,
  now: number,
): Problem {
  const said = saidBy(answer);
  const words = said.detail === undefined ? '' : ` It says: ${redact(said.detail).slice(0, 1000)}`;
  const wait = retryAfterSeconds(answer.retryAfter, now);
  return problem(codeOf(answer.status, said.scimType), `The target answered ${answer.status}.${words}`, {
    place,
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
  });
}

function codeOf(status: number, scimType: string | undefined): ProblemCode {
  if (status === 409 || (status === 400 && scimType === 'uniqueness')) return 'SCIM_TARGET_CONFLICT';
  if (status === 401 || status === 403 || status === 407) return 'SCIM_TARGET_DENIED';
  if (status === 404 || status === 410) return 'SCIM_TARGET_NOT_FOUND';
  if (status === 405 || status === 501) return 'SCIM_TARGET_UNSUPPORTED';
  if (status === 412) return 'SCIM_TARGET_PRECONDITION';
  if (status === 429) return 'SCIM_TARGET_BUSY';
  if (status === 408 || status >= 500) return 'SCIM_TARGET_UNAVAILABLE';
  return status >= 400 ? 'SCIM_TARGET_INVALID' : 'SCIM_TARGET_ANSWER';
}

/** What the error body says, in SCIM's form or any other. */
function saidBy({ text }: TargetAnswer): { readonly detail?: string; readonly scimType?: string } {
  const plain = text
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const body = parsed(text);
  if (!isObject(body)) return plain === '' ? {} : { detail: plain };
  const detail = anyCase(body, 'detail') ?? anyCase(body, 'message');
  const scimType = anyCase(body, 'scimType');
  return {
    detail: typeof detail === 'string' ? detail : plain,
    ...(typeof scimType === 'string' ? { scimType } : {}),
  };
}

/** An error body that is not JSON is a text to show, so its failing to parse is no failure. */
function parsed(text: string): ScimValue | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The resources of a ListResponse, and how many there are in all; tolerant of spelling, nulls and missing counts. */
export function listOf(answer: TargetAnswer): {
  readonly totalResults: number;
  readonly resources: readonly ScimObject[];
  readonly nextCursor?: string;
} {
  const body = jsonOf(answer);
  if (!isObject(body)) throw notList(answer);
  const resources = anyCase(body, 'Resources') ?? [];
  const total = anyCase(body, 'totalResults');
  if (!isList(resources) || (total === undefined && anyCase(body, 'Resources') === undefined)) throw notList(answer);
  const objects = resources.filter(isObject);
  const nextCursor = anyCase(body, 'nextCursor');
  return {
    totalResults: total === undefined ? objects.length : Number(total),
    resources: objects,
    ...(typeof nextCursor === 'string' && nextCursor !== '' ? { nextCursor } : {}),
  };
}

function notList({ status }: TargetAnswer): Error {
  return problem('SCIM_TARGET_ANSWER', `The answer of the target (status ${status}) is not a ListResponse.`);
}
