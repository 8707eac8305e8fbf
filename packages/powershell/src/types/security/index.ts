import type { TypeDescription } from '../net-type.ts';
import { aesDescriptions } from './aes.ts';
import { cryptoStreamDescriptions } from './crypto-stream.ts';
import { keyDescriptions } from './derived-keys.ts';
import { hashDescriptions } from './hash-description.ts';
import { marshalDescriptions } from './marshal.ts';
import { protectedDataDescriptions } from './protected-data.ts';
import { psCredentialDescription } from './ps-credential.ts';
import { randomDescriptions } from './random-number-generator.ts';
import { networkCredentialDescription, secureStringDescription } from './secure-string.ts';

export const descriptions: readonly TypeDescription[] = [
  secureStringDescription,
  networkCredentialDescription,
  psCredentialDescription,
  ...hashDescriptions,
  ...keyDescriptions,
  ...randomDescriptions,
  ...aesDescriptions,
  ...cryptoStreamDescriptions,
  ...marshalDescriptions,
  ...protectedDataDescriptions,
];
