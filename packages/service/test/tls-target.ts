import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '@joinery/problems';
import {
  createFetch,
  createHttpApp,
  createSelfSigned,
  listenTls,
  systemClock,
  systemRandom,
  tlsTrust,
} from '@joinery/runtime';
import {
  attribute,
  compileResourceType,
  createScimClient,
  flatUserType,
  MemoryStorage,
  type ScimObject,
  scimServer,
} from '@joinery/scim';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';

export const ecma = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';

/** A SCIM application on HTTPS with the tutorial's seven attributes. */
export interface TlsTarget {
  readonly url: string;
  readonly token: string;
  readonly certificateFile: string;
  /** The writes that arrived, as `METHOD path`. */
  readonly writes: string[];
  /** Everything that it holds: the flat attributes of each user. */
  all(): Promise<readonly ScimObject[]>;
  stop(): Promise<void>;
}

export async function startTlsTarget(): Promise<TlsTarget> {
  const token = `target-${randomUUID()}`;
  const writes: string[] = [];
  const app = createHttpApp({ random: systemRandom });
  app.addHook('onRequest', async (request) => {
    if (request.method !== 'GET') writes.push(`${request.method} ${request.url}`);
  });
  await app.register(scimServer, {
    prefix: '/scim',
    storage: new MemoryStorage(),
    resourceTypes: [
      compileResourceType(
        flatUserType([
          attribute('AzureObjectID', { required: true, mutability: 'immutable', uniqueness: 'server' }),
          ...['IsActive', 'DisplayName', 'EmployeeId', 'Title', 'UserName', 'Email'].map((name) => attribute(name)),
        ]),
      ),
    ],
    authenticate: (request) => {
      if (request.headers.authorization !== `Bearer ${token}`)
        throw problem('SCIM_UNAUTHORIZED', 'The token is wrong.');
    },
  });
  const certificate = await createSelfSigned({ names: ['localhost'], clock: systemClock, random: systemRandom });
  const certificateFile = join(await temporaryFolder(), 'target.pem');
  await writeFile(certificateFile, certificate.certificate);
  const listener = await listenTls({ app, host: 'localhost', port: 0, certificate, clock: systemClock });
  onTestFinished(() => listener.close(0));
  const url = `${listener.url}/scim`;
  return {
    url,
    token,
    certificateFile,
    writes,
    stop: () => listener.close(0),
    async all() {
      const fetch = createFetch({
        trust: await tlsTrust({ caFile: certificateFile }),
        deadline: 10_000,
        clock: systemClock,
      });
      const client = createScimClient({ base: url, fetch, token: () => token });
      const found: ScimObject[] = [];
      for await (const user of client.all('/Users', {}, new AbortController().signal)) found.push(user);
      await fetch.close();
      return found;
    },
  };
}
