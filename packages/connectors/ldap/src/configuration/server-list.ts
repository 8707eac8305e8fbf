import { isIPv6 } from 'node:net';
import type { ServerAddress } from '../connection/connection.ts';

/** Letters, digits, hyphens, dots; underscores occur in names of internal hosts. */
const hostName = /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$/;

/**
 * Reads the parameter Host: servers between commas or line breaks, each with a port of its own or without (RFC 3986 3.2.2:
 * an IPv6 address stands in brackets, so that the port can be told apart).
 * @returns the servers in their order, or a sentence about the first that cannot be read
 */
export function parseServers(text: string, defaultPort: number): readonly ServerAddress[] | string {
  const servers: ServerAddress[] = [];
  for (const item of text.split(/[,\n]/).map((part) => part.trim())) {
    if (item === '') continue;
    const server = parseServer(item, defaultPort);
    if (typeof server === 'string') return server;
    servers.push(server);
  }
  return servers.length === 0 ? 'It is required.' : servers;
}

/** The text that {@link parseServers} reads back. */
export function printServers(servers: readonly ServerAddress[]): string {
  return servers.map(printServer).join(', ');
}

/** One server as `host:port`, for messages and configurations. */
export function printServer({ host, port }: ServerAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function parseServer(item: string, defaultPort: number): ServerAddress | string {
  if (item.includes('://'))
    return `"${item}" is an address with a scheme: write the host alone and choose the Binding.`;
  if (isIPv6(item)) return { host: item, port: defaultPort };
  const [, address, name = '', digits] = /^(?:\[(.*)\]|([^:]*))(?::(.*))?$/.exec(item) ?? [];
  const port = digits === undefined ? defaultPort : Number(digits);
  if (!/^\d*$/.test(digits ?? '') || port < 1 || port > 65_535) return `"${item}" has no port between 1 and 65535.`;
  const host = address ?? name;
  const isHost = address === undefined ? hostName.test(name) : isIPv6(address);
  return isHost ? { host, port } : `"${item}" is not a host name or an address; host:port is the form.`;
}
