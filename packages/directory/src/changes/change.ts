/** What happened last to an object, to a user's assignment to an application, or to a member of a group. */
export type ChangeKind = DirectoryChange['kind'];

/**
 * One row of the change feed. It says that something changed, not to what: read the present state of the object.
 * Several changes to the same thing may show as the last one alone.
 */
export type DirectoryChange = ChangeOfUser | ChangeOfGroup;

export type ChangeOfUser =
  | { readonly kind: 'userChanged' | 'userSoftDeleted' | 'userGone'; readonly userId: string }
  | { readonly kind: 'assignmentAdded' | 'assignmentRemoved'; readonly userId: string; readonly resourceId: string };

/** `groupChanged` comes with a change of the members too, beside the rows of the members themselves. */
export type ChangeOfGroup =
  | { readonly kind: 'groupChanged' | 'groupGone'; readonly groupId: string }
  | { readonly kind: 'memberAdded' | 'memberRemoved'; readonly memberId: string; readonly groupId: string };

/** Stands for the object itself in the feed's key. */
export const noResource = '00000000-0000-0000-0000-000000000000';
