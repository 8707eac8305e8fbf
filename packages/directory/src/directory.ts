import { Applications } from './application/applications.ts';
import { Assignments } from './assignment/assignments.ts';
import { DirectoryChanges } from './changes/feed.ts';
import type { DirectoryContext } from './context.ts';
import { DirectoryScim } from './scim/scim.ts';
import { TenantSchemas } from './scim/tenant-schema.ts';
import { Tenants } from './tenant/tenants.ts';
import { DeletedUsers } from './user/deleted-users.ts';
import { Users } from './user/users.ts';

/** The directory: who exists, which applications there are, and who is assigned to them. */
export interface Directory {
  readonly tenants: Tenants;
  readonly users: Users;
  readonly deletedUsers: DeletedUsers;
  readonly applications: Applications;
  readonly assignments: Assignments;
  readonly changes: DirectoryChanges;
  /** The same users, and groups, as a SCIM server shows them. */
  readonly scim: DirectoryScim;
}

/** The directory over a database that `directoryMigrations` were run on. */
export function openDirectory(context: DirectoryContext): Directory {
  const schemas = new TenantSchemas(context);
  return {
    tenants: new Tenants(context),
    users: new Users(context, schemas),
    deletedUsers: new DeletedUsers(context, schemas),
    applications: new Applications(context),
    assignments: new Assignments(context),
    changes: new DirectoryChanges(context),
    scim: new DirectoryScim(context, schemas),
  };
}
