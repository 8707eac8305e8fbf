import { isIP } from 'node:net';

/**
 * True for hosts whose traffic never leaves this machine: literal loopback addresses and `localhost` with what is below it
 * (RFC 6761 6.3). No other name counts, whatever it resolves to today. The address that was in fact reached is checked with
 * {@link isLoopbackAddress} before a password is sent.
 */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return isIP(name) === 0 ? name === 'localhost' || name.endsWith('.localhost') : isLoopbackAddress(name);
}

/** True for 127.0.0.0/8, ::1 and the former mapped into IPv6. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^(?:0*:)+0*1$/i.test(address);
}
