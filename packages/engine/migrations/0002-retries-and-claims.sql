-- Objects that failed are tried again; an object is worked by one run at a time.

alter table engine_cycle drop constraint engine_cycle_phase_check;
alter table engine_cycle add constraint engine_cycle_phase_check
  check (phase in ('read', 'sweep', 'retry', 'execute', 'hold'));
-- The run that works on the cycle; whoever takes the cycle up puts its own name here, and the one before finds out.
alter table engine_cycle add column runner text;

-- While a run is between intent and outcome, no other run may write for the object.
alter table engine_link add column claimed_until timestamptz;
-- The matching values that a create was sent with: all that is left to find its account by when the person is gone.
alter table engine_link add column match jsonb;

create table engine_escrow (
  tenant_id text not null,
  job_id text not null,
  source_type text not null,
  source_id text not null,
  error_code text not null,
  failures integer not null,
  first_failed_at timestamptz not null,
  retry_at timestamptz not null,
  -- The run that failed last: a cycle does not try twice.
  cycle_id text not null,
  primary key (tenant_id, job_id, source_type, source_id),
  foreign key (tenant_id, job_id) references engine_job (tenant_id, id) on delete cascade
);
