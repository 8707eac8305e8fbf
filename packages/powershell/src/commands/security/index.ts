import type { CmdletDescription } from '../description.ts';
import { getRandom } from './get-random.ts';
import { convertFromSecureString, convertToSecureString } from './secure-string-cmdlets.ts';

export const securityCmdlets: readonly CmdletDescription[] = [
  convertToSecureString,
  convertFromSecureString,
  getRandom,
];
