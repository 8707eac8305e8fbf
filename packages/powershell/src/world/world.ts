import { randomFillSync } from 'node:crypto';
import type { World } from '../runtime/session.ts';
import { type FileBudget, GrantedFiles } from './files.ts';
import { GrantedHosts, type HostGrant } from './granted-hosts.ts';
import { type Grant, GrantedPaths } from './granted-paths.ts';
import { noWeb } from './no-web.ts';

/**
 * What of the machine scripts may see.
 * @property grants folders and files; there is no other way to a file
 * @property hosts none where absent
 * @property web carries requests out; every one fails where absent
 * @property environment what `$env:` starts with: nothing of the process comes by itself
 * @property budget see {@link FileBudget}
 */
export interface WorldOptions {
  readonly grants: readonly Grant[];
  readonly hosts?: readonly HostGrant[];
  readonly web?: World['web'];
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly clock?: World['clock'];
  readonly random?: World['random'];
  readonly profile?: World['profile'];
  readonly budget?: FileBudget;
}

/** Throws the system's error where a granted path does not exist. */
export function createWorld({
  grants,
  hosts = [],
  web = noWeb,
  environment = {},
  clock = { now: () => Date.now() },
  random = { bytes: (length) => randomFillSync(new Uint8Array(length)) },
  profile = 'connector',
  budget,
}: WorldOptions): World {
  return {
    files: new GrantedFiles(new GrantedPaths(grants), budget),
    hosts: new GrantedHosts(hosts),
    web,
    environment: new Map(Object.entries(environment)),
    clock,
    random,
    profile,
  };
}
