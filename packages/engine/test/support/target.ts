import {
  attribute,
  compileResourceType,
  createInProcessFetch,
  createScimClient,
  flatUserType,
  MemoryStorage,
  type ResourceTypeDefinition,
  type ScimClient,
  type ScimFetch,
  type ScimObject,
  scimServer,
  userType,
} from '@joinery/scim';
import Fastify from 'fastify';

export interface SeenRequest {
  readonly method: string;
  /** Decoded path and query below `/scim`. */
  readonly path: string;
  readonly body: string | undefined;
}

/** A SCIM application in this process, reached through the client's whole path. */
export interface TestTarget {
  readonly client: ScimClient;
  readonly requests: SeenRequest[];
  /** Everything but reads. */
  writes(): SeenRequest[];
  all(): Promise<readonly ScimObject[]>;
  /** Answers the next matching requests with this instead of passing them on; undefined passes. */
  intercept: (request: SeenRequest) => { readonly status: number; readonly body: string } | undefined;
  close(): Promise<void>;
}

export const ecma = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';

/** The tutorial's connector: a flat extension whose anchor is AzureObjectID. */
export const tutorialType = flatUserType([
  attribute('AzureObjectID', { required: true, mutability: 'immutable', uniqueness: 'server' }),
  attribute('UserName'),
  attribute('DisplayName'),
  attribute('EmployeeId'),
  attribute('Title'),
  attribute('Email'),
  attribute('IsActive', { type: 'boolean' }),
  attribute('Roles', { multiValued: true }),
  attribute('export_password', { mutability: 'writeOnly', returned: 'never', caseExact: true }),
]);

export { userType };

/** @param definition of the one resource type that the application has */
export async function startTarget(definition: ResourceTypeDefinition = tutorialType): Promise<TestTarget> {
  const app = Fastify();
  await app.register(scimServer, {
    prefix: '/scim',
    resourceTypes: [compileResourceType(definition)],
    storage: new MemoryStorage(),
    authenticate: () => {},
    limits: { maxCount: 100_000 },
  });
  await app.ready();
  const requests: SeenRequest[] = [];
  const pass = createInProcessFetch(app);
  const watched: ScimFetch = async (url, init) => {
    const { pathname, search } = new URL(url);
    const path = decodeURIComponent((pathname + search).slice('/scim'.length));
    const request = { method: init.method, path, body: init.body };
    requests.push(request);
    const instead = target.intercept(request);
    if (instead === undefined) return pass(url, init);
    return { status: instead.status, headers: { get: () => null }, text: async () => instead.body };
  };
  const options = { base: 'http://target.test/scim', token: () => 'secret' };
  const plain = createScimClient({ ...options, fetch: pass });
  const target: TestTarget = {
    client: createScimClient({ ...options, fetch: watched }),
    requests,
    writes: () => requests.filter(({ method }) => method !== 'GET'),
    async all() {
      const page = await plain.list('/Users', { count: 100_000 }, new AbortController().signal);
      return page.resources;
    },
    intercept: () => undefined,
    close: () => app.close(),
  };
  return target;
}
