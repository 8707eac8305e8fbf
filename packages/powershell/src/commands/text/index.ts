import type { CmdletDescription } from '../description.ts';
import { convertToHtml } from './convert-to-html.ts';
import { joinString } from './join-string.ts';
import { selectString } from './select-string.ts';

export const textCmdlets: readonly CmdletDescription[] = [joinString, selectString, convertToHtml];
