import type { Problem } from '@joinery/problems';
import type { ScimObject } from '@joinery/scim';
import type { MatchQuery } from './queries.ts';

/** One matching attribute tried, as the log shows it. */
export interface MatchAttempt extends MatchQuery {
  readonly hits: number;
}

/** What the target answered to an inquiry. */
export type Found =
  | { readonly kind: 'notAsked' }
  /** The connected object. */
  | { readonly kind: 'read'; readonly id: string; readonly resource: ScimObject }
  /** The connected object is gone. */
  | { readonly kind: 'vanished'; readonly id: string }
  /** `owner`: the source object that holds this target object already, where that is another one. */
  | {
      readonly kind: 'matched';
      readonly id: string;
      readonly resource: ScimObject;
      readonly attempts: readonly MatchAttempt[];
      readonly owner: string | null;
    }
  | { readonly kind: 'unmatched'; readonly attempts: readonly MatchAttempt[] }
  | { readonly kind: 'ambiguous'; readonly attempts: readonly MatchAttempt[] }
  | { readonly kind: 'failed'; readonly problem: Problem };
