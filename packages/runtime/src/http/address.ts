import { BlockList, isIP } from 'node:net';

/**
 * Addresses that answer to whoever asks from this machine and are never a provisioning target: link-local ranges (RFC 3927, RFC 4291 2.5.6),
 * which hold the metadata services of most clouds, the metadata addresses outside them, "this host" (RFC 1122 3.2.1.3) and multicast.
 * Loopback and private networks stay allowed: targets live there.
 */
const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');
refused.addAddress('fd20:ce::254', 'ipv6');
refused.addAddress('100.100.100.200', 'ipv4');
refused.addAddress('168.63.129.16', 'ipv4');
refused.addAddress('192.0.0.192', 'ipv4');
refused.addSubnet('0.0.0.0', 8, 'ipv4');
refused.addAddress('::', 'ipv6');
refused.addSubnet('224.0.0.0', 4, 'ipv4');
refused.addSubnet('ff00::', 8, 'ipv6');

/** IPv6 forms that carry an IPv4 address to the same place: mapped (RFC 4291 2.5.5.2), NAT64 (RFC 6052) and 6to4 (RFC 3056). */
const carriers: readonly { readonly prefix: BlockList; readonly firstGroup: number }[] = [
  { prefix: subnet('::ffff:0:0', 96), firstGroup: 6 },
  { prefix: subnet('::', 96), firstGroup: 6 },
  { prefix: subnet('64:ff9b::', 96), firstGroup: 6 },
  { prefix: subnet('2002::', 16), firstGroup: 1 },
];

/** True when a resolved address must not be called. @param address IPv4 or IPv6 text, without brackets */
export function isRefusedAddress(address: string): boolean {
  const plain = address.split('%')[0] ?? '';
  switch (isIP(plain)) {
    case 4:
      return refused.check(plain, 'ipv4');
    case 6: {
      if (refused.check(plain, 'ipv6')) return true;
      if (plain === '::1') return false;
      const carrier = carriers.find(({ prefix }) => prefix.check(plain, 'ipv6'));
      return carrier !== undefined && refused.check(carriedAddress(plain, carrier.firstGroup), 'ipv4');
    }
    default:
      // What is no address cannot be judged, so it is not called.
      return true;
  }
}

function subnet(network: string, prefix: number): BlockList {
  const list = new BlockList();
  list.addSubnet(network, prefix, 'ipv6');
  return list;
}

function carriedAddress(address: string, firstGroup: number): string {
  const groups = expand(address);
  const [high = 0, low = 0] = [groups[firstGroup], groups[firstGroup + 1]];
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** The eight groups of an IPv6 address. The URL parser writes any form in hexadecimal groups, shortened by one `::` at most. */
function expand(address: string): readonly number[] {
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = text.split('::');
  const read = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const start = read(head);
  const end = tail === undefined ? [] : read(tail);
  return [...start, ...Array.from({ length: 8 - start.length - end.length }, () => 0), ...end];
}
