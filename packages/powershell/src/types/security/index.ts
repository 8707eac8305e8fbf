import type { TypeDescription } from '../net-type.ts';
import { psCredentialDescription } from './ps-credential.ts';
import { networkCredentialDescription, secureStringDescription } from './secure-string.ts';

export const descriptions: readonly TypeDescription[] = [
  secureStringDescription,
  networkCredentialDescription,
  psCredentialDescription,
];
