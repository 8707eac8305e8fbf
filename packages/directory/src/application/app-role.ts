/** A role that an application offers to those assigned to it (graph sheet 15). */
export interface AppRole {
  readonly id: string;
  readonly displayName: string;
  readonly value: string | null;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly allowedMemberTypes: readonly 'User'[];
}

/** The default access role, for assignments that name no role of the application (graph sheet 15, unverified there). */
export const defaultAccessRoleId = '00000000-0000-0000-0000-000000000000';
