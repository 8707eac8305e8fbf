-- Administrators' tokens and what applications need to reach their targets. The tenant comes first in every key.

CREATE TABLE service_tokens (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  -- scrypt$N$r$p$salt$hash
  hash text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- AES-256-GCM with a random nonce a value; tenant, application and name are authenticated with it. Binary in base64.
CREATE TABLE service_credentials (
  tenant_id uuid NOT NULL,
  service_principal_id uuid NOT NULL,
  name text NOT NULL,
  key_id text NOT NULL,
  nonce text NOT NULL,
  ciphertext text NOT NULL,
  tag text NOT NULL,
  PRIMARY KEY (tenant_id, service_principal_id, name)
);

-- What a job's target says of itself: the attributes that mappings may write.
CREATE TABLE service_discoveries (
  tenant_id uuid NOT NULL,
  job_id text NOT NULL,
  attributes jsonb NOT NULL,
  discovered_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, job_id)
);
