import type { IncomingMessage, ServerResponse } from 'node:http';
import { createToken, type Logger, type Random } from '@joinery/runtime';
import type { Host } from '../host.ts';
import { createManageApp } from './manage-app.ts';
import { removeManageFile, writeManageFile } from './manage-file.ts';
import { type Authorizes, authorizesBy } from './manage-token.ts';

/** The management of one start of a host. */
export interface Management {
  readonly authorizes: Authorizes;
  route(request: IncomingMessage, response: ServerResponse): void;
  /** The host answers: its commands find it from now on. @throws RUNTIME_DISK_FULL, RUNTIME_FILE_UNWRITABLE */
  announce(host: Host): Promise<void>;
  close(): Promise<void>;
}

/**
 * Prepares the management of a host that starts, and takes away what an earlier one that was killed has left.
 * @param path of `manage.json`
 */
export async function openManagement(
  path: string,
  { random, logger }: { readonly random: Random; readonly logger: Logger },
): Promise<Management> {
  await removeManageFile(path);
  const token = createToken(random);
  const { promise, resolve } = Promise.withResolvers<Host>();
  const authorizes = authorizesBy(token);
  const app = await createManageApp({ host: promise, authorizes, random, logger });
  return {
    authorizes,
    route: (request, response) => app.routing(request, response),
    announce: async (host) => {
      resolve(host);
      await writeManageFile(path, { url: host.url, token, certificate: host.certificate }, random);
    },
    close: async () => {
      await removeManageFile(path);
      await app.close();
    },
  };
}
