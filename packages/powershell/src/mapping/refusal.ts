import type { PlacedError } from '../sandbox/protocol.ts';
import { placeOf, type Source } from '../syntax/source.ts';

/**
 * Why a mapping is refused, by ids that stay the same: `PSD…` for the data of a file, `PSB…` for its script blocks
 * (inbound sheet B.5).
 */
export type RefusalId =
  /** Syntax. */
  | 'PSD001'
  /** No hashtable literal. */
  | 'PSD002'
  /** A key twice. */
  | 'PSD003'
  /** Something that has to be evaluated, in the data. */
  | 'PSD004'
  /** Too many keys, parts or levels, or too long. */
  | 'PSD005'
  /** A command. */
  | 'PSB001'
  /** A type. */
  | 'PSB002'
  /** A member. */
  | 'PSB003'
  /** A construct. */
  | 'PSB004'
  /** A loop. */
  | 'PSB005'
  /** The budget is used up; told when it happens. */
  | 'PSB006'
  /** A regular expression. */
  | 'PSB007';

export interface Refusal extends PlacedError {
  readonly id: RefusalId;
}

export function refusal(id: RefusalId, message: string, source: Source, start: number): Refusal {
  return { id, message, ...placeOf(source, start) };
}
