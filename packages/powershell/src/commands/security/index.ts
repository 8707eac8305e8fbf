import type { CmdletDescription } from '../description.ts';
import { getCredential } from './get-credential.ts';
import { getFileHash } from './get-file-hash.ts';
import { getRandom, getSecureRandom } from './get-random.ts';
import { convertFromSecureString, convertToSecureString } from './secure-string-cmdlets.ts';

export const securityCmdlets: readonly CmdletDescription[] = [
  convertToSecureString,
  convertFromSecureString,
  getCredential,
  getFileHash,
  getRandom,
  getSecureRandom,
];
