import type { TypeDescription } from '../net-type.ts';
import { ipAddressDescriptions } from './ip-address.ts';
import { mailAddressDescription } from './mail-address.ts';
import { webTextDescriptions } from './web-text.ts';

export const descriptions: readonly TypeDescription[] = [
  mailAddressDescription,
  ...ipAddressDescriptions,
  ...webTextDescriptions,
];
