import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { problem } from '@joinery/problems';
import { isRefusedAddress } from './address.ts';

/**
 * Name resolution for outbound connections that refuses a name as soon as one of its addresses is refused.
 * The connection is made to exactly the addresses judged here, so a name cannot answer differently between check and use.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      callback(error, []);
      return;
    }
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => isRefusedAddress(address))) {
      callback(addressRefused(hostname), []);
    } else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** The problem for a name or a literal address that must not be called. */
export function addressRefused(host: string): Error {
  return problem('RUNTIME_ADDRESS_REFUSED', `${host} is an address that Joinery never calls.`, { place: host });
}

/** Judges a host that is an address already, and so is never looked up. @throws RUNTIME_ADDRESS_REFUSED */
export function refuseLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isRefusedAddress(host)) throw addressRefused(host);
}
