import type { CmdletDescription } from '../description.ts';
import { formatCmdlets } from './format-cmdlets.ts';
import { outDefault, outFile, outHost, outString } from './out-cmdlets.ts';

export const outputCmdlets: readonly CmdletDescription[] = [outString, outFile, outHost, outDefault, ...formatCmdlets];
