import type { TypeDescription } from '../net-type.ts';
import { httpStatusCode } from './http-status-code.ts';
import { webTextDescriptions } from './http-utility.ts';
import { ipAddressDescriptions } from './ip-address.ts';
import { ipEndPointDescriptions } from './ip-end-point.ts';
import { mailAddressDescription } from './mail-address.ts';
import { servicePointDescriptions } from './service-point.ts';

export const descriptions: readonly TypeDescription[] = [
  mailAddressDescription,
  ...ipAddressDescriptions,
  ...ipEndPointDescriptions,
  ...webTextDescriptions,
  ...servicePointDescriptions,
  httpStatusCode,
];
