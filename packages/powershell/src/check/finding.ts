import type { Place } from '../syntax/source.ts';

/** What a script uses. */
export type UseKind = 'command' | 'parameter' | 'type' | 'member' | 'construct' | 'variable' | 'module';

/**
 * `covered`: behaves as in PowerShell. `approximated`: runs, with the difference that `why` names, or depends on what is known
 * only when it runs. `missing`: fails.
 */
export type CoverageState = 'covered' | 'approximated' | 'missing';

/** One use of something at one place of a script. */
export interface Finding extends Place {
  readonly file: string | undefined;
  readonly kind: UseKind;
  /** What is used, under its full name: `Get-Content`, `[System.IO.File]::ReadAllText`, `Get-Content -Wait`. */
  readonly name: string;
  readonly state: CoverageState;
  /** A sentence, for everything that is not covered. */
  readonly why?: string;
}

/** Something that keeps a script from being read at all. */
export interface SyntaxFinding extends Place {
  readonly file: string | undefined;
  readonly id: string;
  readonly message: string;
}

export interface CheckReport {
  /** In the order of the scripts and of their text. */
  readonly findings: readonly Finding[];
  readonly syntaxErrors: readonly SyntaxFinding[];
  /** True when everything is covered or approximated and every script parses. */
  readonly runs: boolean;
}

/** A judgement on one use. */
export type Judgement =
  | { readonly state: 'covered' }
  | { readonly state: 'approximated' | 'missing'; readonly why: string };

export const covered: Judgement = { state: 'covered' };

export function approximated(why: string): Judgement {
  return { state: 'approximated', why };
}

export function missing(why: string): Judgement {
  return { state: 'missing', why };
}

/** Something that nobody checked defines. @param outside files and modules that it may come from */
export function unknown(what: string, outside: readonly string[]): Judgement {
  const [first, ...more] = outside;
  if (first === undefined) return missing(`${what}, and no checked script defines it.`);
  const others = more.length === 0 ? '' : ` or ${more.length} more`;
  return approximated(`${what}; it may come from ${first}${others}, which was not checked.`);
}
