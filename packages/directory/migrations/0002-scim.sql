-- Users as a SCIM server shows them, groups with their members, and attributes that a tenant defines for itself.
-- Truth: document (what Graph and SCIM both know), scim (what only SCIM knows), external_id, manager_id.
-- Made from it on every write: resource (the SCIM answer without meta) and keys (the same with values folded for filters). A migration
-- that changes how they are made sets resource to NULL; the next start makes them again.

ALTER TABLE directory_users
  -- SCIM asks for no displayName.
  ALTER COLUMN display_name_folded DROP NOT NULL,
  ADD COLUMN scim jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN external_id text COLLATE "C",
  ADD COLUMN manager_id text COLLATE "C",
  ADD COLUMN version integer NOT NULL DEFAULT 1,
  -- Sortable instants in UTC: seconds, then the fraction without trailing zeros.
  ADD COLUMN created_key text COLLATE "C",
  ADD COLUMN modified_key text COLLATE "C",
  ADD COLUMN resource text,
  ADD COLUMN keys jsonb;
UPDATE directory_users SET created_key = rtrim(rtrim(left(document->>'createdDateTime', 23), '0'), '.');
UPDATE directory_users SET modified_key = created_key;
ALTER TABLE directory_users ALTER COLUMN created_key SET NOT NULL, ALTER COLUMN modified_key SET NOT NULL;
CREATE INDEX directory_users_live ON directory_users (tenant_id, id) WHERE deleted_at IS NULL;
CREATE INDEX directory_users_external_id ON directory_users (tenant_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX directory_users_manager ON directory_users (tenant_id, manager_id) WHERE manager_id IS NOT NULL;
CREATE INDEX directory_users_modified ON directory_users (tenant_id, modified_key) WHERE deleted_at IS NULL;
CREATE INDEX directory_users_unrendered ON directory_users (tenant_id, id) WHERE resource IS NULL;

CREATE TABLE directory_groups (
  tenant_id uuid NOT NULL REFERENCES directory_tenants (tenant_id),
  id uuid NOT NULL,
  document jsonb NOT NULL,
  scim jsonb NOT NULL,
  display_name_folded text NOT NULL,
  external_id text COLLATE "C",
  member_count integer NOT NULL,
  version integer NOT NULL,
  created_key text COLLATE "C" NOT NULL,
  modified_key text COLLATE "C" NOT NULL,
  resource text,
  keys jsonb,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX directory_groups_display_name ON directory_groups (tenant_id, display_name_folded);
CREATE INDEX directory_groups_external_id ON directory_groups (tenant_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX directory_groups_unrendered ON directory_groups (tenant_id, id) WHERE resource IS NULL;

-- No foreign keys: whoever writes holds the group's row, and a member need not be an object of this directory.
CREATE TABLE directory_group_members (
  tenant_id uuid NOT NULL,
  group_id uuid NOT NULL,
  -- The member as the client names it; the id where it is an object of this directory.
  member_id text COLLATE "C" NOT NULL,
  -- The same as an id, for joins; NULL where the name is none.
  object_id uuid,
  -- The whole element where the client said more than the value.
  element jsonb,
  PRIMARY KEY (tenant_id, group_id, member_id)
);
CREATE INDEX directory_group_members_member ON directory_group_members (tenant_id, member_id, group_id);

-- Folded values that are looked up by: addresses of e-mail, and attributes of a tenant's own that are unique or matched by.
-- Only live objects are here, so that what is in the recycle bin takes nothing.
CREATE TABLE directory_keys (
  tenant_id uuid NOT NULL,
  object_type text COLLATE "C" NOT NULL,
  attribute text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  object_id uuid NOT NULL,
  is_unique boolean NOT NULL,
  PRIMARY KEY (tenant_id, object_type, attribute, key, object_id)
);
CREATE UNIQUE INDEX directory_keys_unique ON directory_keys (tenant_id, object_type, attribute, key) WHERE is_unique;
CREATE INDEX directory_keys_object ON directory_keys (tenant_id, object_id);

-- How many live objects there are, by the first ten bits of their ids: the total, and where the n-th of them stands.
CREATE TABLE directory_counts (
  tenant_id uuid NOT NULL,
  object_type text COLLATE "C" NOT NULL,
  block integer NOT NULL,
  live integer NOT NULL,
  PRIMARY KEY (tenant_id, object_type, block)
);
INSERT INTO directory_counts
  SELECT tenant_id, 'User', ('x' || left(id::text, 3))::bit(12)::integer >> 2, count(*)
  FROM directory_users WHERE deleted_at IS NULL GROUP BY 1, 2, 3;

-- Attributes that a tenant adds to users or groups, as SCIM schemas.
CREATE TABLE directory_scim_extensions (
  tenant_id uuid NOT NULL REFERENCES directory_tenants (tenant_id),
  object_type text COLLATE "C" NOT NULL CHECK (object_type IN ('User', 'Group')),
  -- The URN in lower case.
  urn text COLLATE "C" NOT NULL,
  definition jsonb NOT NULL,
  PRIMARY KEY (tenant_id, object_type, urn)
);

-- The feed speaks of groups too, and of who is in them: one row for each pair of member and group.
ALTER TABLE directory_changes RENAME COLUMN user_id TO object_id;
ALTER TABLE directory_changes DROP CONSTRAINT directory_changes_kind_check;
ALTER TABLE directory_changes ADD CONSTRAINT directory_changes_kind_check CHECK (kind IN (
  'userChanged', 'userSoftDeleted', 'userGone', 'assignmentAdded', 'assignmentRemoved',
  'groupChanged', 'groupGone', 'memberAdded', 'memberRemoved'));
