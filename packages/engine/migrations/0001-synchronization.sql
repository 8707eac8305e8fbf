-- Jobs, their cycles, object connections, staged deprovisioning, and the provisioning log. The tenant leads every key.

create table engine_job (
  tenant_id text not null,
  id text not null,
  service_principal_id text not null,
  template_id text not null,
  schema jsonb not null,
  settings jsonb not null,
  secrets_reference text,
  state text not null check (state in ('NotConfigured', 'NotRun', 'Active', 'Paused')),
  watermark text,
  generation integer not null default 1,
  force_deletes boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index engine_job_by_service_principal on engine_job (tenant_id, service_principal_id);

create table engine_cycle (
  tenant_id text not null,
  id text not null,
  job_id text not null,
  kind text not null check (kind in ('initial', 'incremental')),
  generation integer not null,
  phase text not null check (phase in ('read', 'sweep', 'execute', 'hold')),
  watermark text not null,
  position text,
  counts jsonb not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, job_id) references engine_job (tenant_id, id) on delete cascade
);
-- A job has one unfinished cycle at most.
create unique index engine_cycle_unfinished on engine_cycle (tenant_id, job_id) where ended_at is null;
create index engine_cycle_by_job on engine_cycle (tenant_id, job_id, started_at desc);

create table engine_link (
  tenant_id text not null,
  job_id text not null,
  source_type text not null,
  source_id text not null,
  target_type text not null,
  target_id text,
  display_name text not null,
  state text not null check (state in ('active', 'disabled', 'released')),
  intent text check (intent in ('create', 'update', 'disable', 'delete')),
  cycle_id text,
  primary key (tenant_id, job_id, source_type, source_id),
  -- Only a create that is under way or in doubt has no target yet.
  check (target_id is not null or intent = 'create'),
  foreign key (tenant_id, job_id) references engine_job (tenant_id, id) on delete cascade
);
create unique index engine_link_by_target on engine_link (tenant_id, job_id, target_type, target_id);

create table engine_staged (
  tenant_id text not null,
  job_id text not null,
  source_type text not null,
  source_id text not null,
  cycle_id text not null,
  action text not null check (action in ('disable', 'delete')),
  primary key (tenant_id, job_id, source_type, source_id),
  foreign key (tenant_id, job_id) references engine_job (tenant_id, id) on delete cascade
);

create table engine_log (
  tenant_id text not null,
  -- Newest first is the order people read in; identity gives it without a second look at the clock.
  ordinal bigint generated always as identity,
  id text not null,
  job_id text not null,
  cycle_id text not null,
  change_id text not null,
  activity_at timestamptz not null,
  action text not null,
  status text not null,
  source_type text not null,
  source_id text not null,
  source_name text not null,
  target_id text,
  error_code text,
  duration_ms integer not null,
  record jsonb not null,
  primary key (tenant_id, ordinal)
);
create index engine_log_by_job on engine_log (tenant_id, job_id, ordinal desc);
