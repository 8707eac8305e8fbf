-- Tenants, users, applications and who is assigned to them. The tenant comes first in every key.
-- Folded columns hold fold(text), computed by the application: no database folds case as Unicode does.

CREATE TABLE directory_tenants (
  tenant_id uuid PRIMARY KEY,
  display_name text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE directory_users (
  tenant_id uuid NOT NULL REFERENCES directory_tenants (tenant_id),
  id uuid NOT NULL,
  document jsonb NOT NULL,
  user_principal_name_folded text NOT NULL,
  mail_folded text,
  employee_id_folded text,
  display_name_folded text NOT NULL,
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
-- A name in the recycle bin is free for others.
CREATE UNIQUE INDEX directory_users_user_principal_name ON directory_users (tenant_id, user_principal_name_folded) WHERE deleted_at IS NULL;
CREATE INDEX directory_users_mail ON directory_users (tenant_id, mail_folded);
CREATE INDEX directory_users_employee_id ON directory_users (tenant_id, employee_id_folded);
CREATE INDEX directory_users_display_name ON directory_users (tenant_id, display_name_folded);
CREATE INDEX directory_users_deleted ON directory_users (tenant_id, id) WHERE deleted_at IS NOT NULL;

CREATE TABLE directory_applications (
  tenant_id uuid NOT NULL REFERENCES directory_tenants (tenant_id),
  id uuid NOT NULL,
  app_id uuid NOT NULL,
  template_id uuid NOT NULL,
  display_name text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX directory_applications_app_id ON directory_applications (tenant_id, app_id);

CREATE TABLE directory_service_principals (
  tenant_id uuid NOT NULL REFERENCES directory_tenants (tenant_id),
  id uuid NOT NULL,
  app_id uuid NOT NULL,
  template_id uuid NOT NULL,
  display_name text NOT NULL,
  display_name_folded text NOT NULL,
  app_roles jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX directory_service_principals_app_id ON directory_service_principals (tenant_id, app_id);
CREATE INDEX directory_service_principals_display_name ON directory_service_principals (tenant_id, display_name_folded);

CREATE TABLE directory_app_role_assignments (
  tenant_id uuid NOT NULL,
  id text NOT NULL,
  resource_id uuid NOT NULL,
  -- A principal is a user or a group, so no foreign key can name its table; assigning locks the principal's row instead.
  principal_type text NOT NULL CHECK (principal_type IN ('User', 'Group')),
  principal_id uuid NOT NULL,
  app_role_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, resource_id) REFERENCES directory_service_principals (tenant_id, id)
);
CREATE UNIQUE INDEX directory_app_role_assignments_once ON directory_app_role_assignments (tenant_id, resource_id, principal_id, app_role_id);
CREATE INDEX directory_app_role_assignments_principal ON directory_app_role_assignments (tenant_id, principal_id);

-- The change feed: one row for each object and each pair of object and application, moved to the feed's end when it changes.
-- It grows with the directory, not with the number of changes, and keeps the ids of what is gone as tombstones.
CREATE TABLE directory_changes (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  -- The application of an assignment; all zeros where the user itself changed.
  resource_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('userChanged', 'userSoftDeleted', 'userGone', 'assignmentAdded', 'assignmentRemoved')),
  changed_at timestamptz NOT NULL,
  changed_xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (tenant_id, user_id, resource_id)
);
CREATE UNIQUE INDEX directory_changes_feed ON directory_changes (tenant_id, changed_xact, id);
