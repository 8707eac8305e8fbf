import { problem } from '@joinery/problems';
import { ManualClock, seededRandom } from '@joinery/runtime';
import {
  compileResourceType,
  groupType,
  isObject,
  MemoryStorage,
  PATCH_OP_URN,
  type ResourceType,
  type ScimObject,
  type ScimProfile,
  type ScimServerOptions,
  type ScimValue,
  scimErrorHandler,
  scimServer,
  userType,
} from '@joinery/scim';
import fastify, { type FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';

export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export const users: ResourceType = compileResourceType(userType);
export const groups: ResourceType = compileResourceType(groupType);
export const strictUsers: ResourceType = compileResourceType(userType, { profile: 'strict' });
export const strictGroups: ResourceType = compileResourceType(groupType, { profile: 'strict' });

/** Both profiles, for behaviours that they share. */
export const profiles = ['entra', 'strict'] as const satisfies readonly ScimProfile[];

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The body as an object; empty when there is none. */
  readonly body: ScimObject;
}

export interface ServerUnderTest {
  readonly app: FastifyInstance;
  readonly clock: ManualClock;
  request(method: Method, url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Creates and returns the id. */
  create(url: string, body: ScimObject): Promise<string>;
  /** PATCHes with operations and returns the answer. */
  patch(url: string, ...operations: readonly unknown[]): Promise<Answer>;
}

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

export const token = 'the-token-of-this-test';

export interface TestServerOptions extends Partial<ScimServerOptions> {
  readonly profile?: ScimProfile;
}

/** The plugin over a store in memory at /scim, with users and groups unless told otherwise. */
export async function serve({ profile, ...options }: TestServerOptions = {}): Promise<ServerUnderTest> {
  const clock = new ManualClock();
  const app = fastify({ frameworkErrors: scimErrorHandler('scim') });
  await app.register(scimServer, {
    prefix: '/scim',
    resourceTypes: profile === 'strict' ? [strictUsers, strictGroups] : [users, groups],
    storage: new MemoryStorage({ clock, random: seededRandom(7) }),
    authenticate(request) {
      if (request.headers.authorization !== `Bearer ${token}`) {
        throw problem('SCIM_UNAUTHORIZED', 'The token is wrong.');
      }
    },
    ...options,
  });
  onTestFinished(() => app.close());

  const request: ServerUnderTest['request'] = async (method, url, body, headers = {}) => {
    const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const answer = await app.inject({
      method,
      url: `/scim${url}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const parsed: ScimValue = answer.payload === '' ? {} : JSON.parse(answer.payload);
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.payload,
      body: isObject(parsed) ? parsed : {},
    };
  };
  return {
    app,
    clock,
    request,
    async create(url, body) {
      const { body: created, status, text } = await request('POST', url, { schemas: schemasIn(url, body), ...body });
      if (status !== 201) throw new Error(`POST ${url} answered ${status}: ${text}`);
      return String(created.id);
    },
    patch: (url, ...operations) => request('PATCH', url, { schemas: [PATCH_OP_URN], Operations: operations }),
  };
}

function schemasIn(url: string, body: ScimObject): readonly string[] {
  return [/groups/i.test(url) ? GROUP : CORE, ...Object.keys(body).filter((name) => name.startsWith('urn:'))];
}

/** The resources of a ListResponse. */
export function resourcesOf({ body }: Answer): readonly ScimObject[] {
  const list = body.Resources;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

export function filterUrl(endpoint: string, filter: string): string {
  return `${endpoint}?filter=${encodeURIComponent(filter)}`;
}
