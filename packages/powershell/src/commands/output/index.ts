import type { CmdletDescription } from '../description.ts';
import { outDefault, outFile, outHost, outString } from './out-cmdlets.ts';

export const outputCmdlets: readonly CmdletDescription[] = [outString, outFile, outHost, outDefault];
