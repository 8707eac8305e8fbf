import { isIPv6 } from 'node:net';
import type { HostAccess } from '../runtime/session.ts';

/**
 * A host that scripts may talk to.
 * @property host a name or an address, as scripts write it: a name does not grant the addresses that it stands for, nor the
 *   other way round; no wildcards
 * @property port 1 to 65535
 */
export interface HostGrant {
  readonly host: string;
  readonly port: number;
}

/** Decides which hosts scripts may reach: those that were granted, at the granted ports, and no others. */
export class GrantedHosts implements HostAccess {
  readonly #granted: ReadonlySet<string>;

  /** Grants that name no host grant nothing: see {@link hostKey}. */
  constructor(grants: readonly HostGrant[]) {
    this.#granted = new Set(grants.flatMap(({ host, port }) => hostKey(host, port) ?? []));
  }

  isGranted(host: string, port: number): boolean {
    const key = hostKey(host, port);
    return key !== undefined && this.#granted.has(key);
  }
}

/**
 * A host and port in the one form in which they are compared; `undefined` for what is none. Names are compared as the name
 * system does (without case, in ASCII, without the dot at the end), addresses by what they stand for (`0x7f.1` is
 * `127.0.0.1`), so that no other way to write a host is another host.
 */
export function hostKey(host: string, port: number): string | undefined {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const address = host.replace(/^\[(.*)\]$/, '$1');
  // Nothing in it can be taken for another part of an address.
  const isName = /^[\p{L}\p{M}\p{N}._-]+$/u.test(host);
  if (!isName && (!isIPv6(address) || address.includes('%'))) return undefined;
  const url = URL.parse(`http://${isName ? host : `[${address}]`}/`);
  const name = url?.hostname.replace(/\.$/, '') ?? '';
  return name === '' ? undefined : `${name}:${port}`;
}
