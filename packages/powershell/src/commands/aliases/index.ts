import type { CmdletDescription } from '../description.ts';
import { getAlias } from './get-alias.ts';
import { newAlias, removeAlias, setAliasCmdlet } from './set-alias.ts';

export const aliasCmdlets: readonly CmdletDescription[] = [getAlias, setAliasCmdlet, newAlias, removeAlias];
