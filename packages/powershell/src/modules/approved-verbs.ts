import { verbs } from '../commands/running/verbs.ts';

/** The verbs that `Get-Verb` lists, folded: commands with others are imported with a warning. */
export const approvedVerbs: ReadonlySet<string> = new Set(verbs.map(({ verb }) => verb.toLowerCase()));
