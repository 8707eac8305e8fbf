/** What happened last to a user, or to a user's assignment to an application. */
export type ChangeKind = 'userChanged' | 'userSoftDeleted' | 'userGone' | 'assignmentAdded' | 'assignmentRemoved';

/**
 * One row of the change feed. It says that something changed, not to what: read the present state of the user.
 * Several changes to the same thing may show as the last one alone.
 */
export type DirectoryChange =
  | { readonly kind: 'userChanged' | 'userSoftDeleted' | 'userGone'; readonly userId: string }
  | { readonly kind: 'assignmentAdded' | 'assignmentRemoved'; readonly userId: string; readonly resourceId: string };

/** Stands for the user itself in the feed's key. */
export const noResource = '00000000-0000-0000-0000-000000000000';
